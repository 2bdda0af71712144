import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { requestPath, sendText } from "../http/answers.js";
import { COMMON_HEADERS } from "../http/headers.js";
import { closeServer, listen } from "../http/listen.js";
import { SERVER_LIMITS } from "../http/server-limits.js";
import { METRICS_CONNECTIONS_MAX } from "../limits.js";
import { hostAllowed } from "../socket/host.js";
import { exposition, EXPOSITION_TYPE, type Metric } from "./exposition.js";

/** On this machine alone: who may see the metrics is decided by who may log in here. */
const HOST = "127.0.0.1";
/** A page in a browser on this machine must not read them under a name that was pointed here. */
const HOST_RULES = { hosts: [], trustProxy: false };

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers `/metrics` on a port of its own, so that no rule of a proxy decides whether strangers see it.
 * @param port 0 for any free one
 * @throws QsecError `bad_option` when the port cannot be used
 */
export async function serveMetrics(port: number, read: () => readonly Metric[]): Promise<MetricsServer> {
  const server = metricsServer(read);
  await listen(server, { port, host: HOST, option: "--metrics" });
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${bound}/metrics`, close: () => closeServer(server) };
}

function metricsServer(read: () => readonly Metric[]): Server {
  const server = createServer(SERVER_LIMITS, (request, response) => {
    if (!hostAllowed(request, HOST_RULES))
      return sendText(response, 403, "The metrics are not reached under this name.\n");
    if (requestPath(request) !== "/metrics") return sendText(response, 404, "The metrics are at /metrics.\n");
    if (request.method !== "GET") return sendText(response, 405, "Only GET is answered here.\n", { Allow: "GET" });
    const headers = { ...COMMON_HEADERS, "Content-Type": EXPOSITION_TYPE, "Cache-Control": "no-store" };
    response.writeHead(200, headers).end(exposition(read()));
  });
  server.maxConnections = METRICS_CONNECTIONS_MAX;
  return server;
}
