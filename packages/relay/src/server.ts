import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Counters } from "./counters.js";
import { requestHandler } from "./http/handler.js";
import { closeServer, listen } from "./http/listen.js";
import { limitConnections, SERVER_LIMITS } from "./http/server-limits.js";
import { loadPages } from "./http/pages.js";
import { loggerFor } from "./log.js";
import { checkNumber, resolveOptions, type RelayOptions } from "./options.js";
import { assembleRelay, type Relay } from "./relay.js";

export const DEFAULT_PORT = 3000;
export const DEFAULT_HOST = "127.0.0.1";

/** A relay on a port of its own. */
export interface StartOptions extends RelayOptions {
  /** 0 for any free one. @default 3000 */
  readonly port?: number;
  /** The address to listen on; `0.0.0.0` for all. @default "127.0.0.1" */
  readonly host?: string;
  /** Serve the landing page and the room page. Whoever serves them is trusted with the keys of the room. @default true */
  readonly pages?: boolean;
}

/** A relay on a port of its own. */
export interface RunningRelay extends Relay {
  /** For a browser on this machine. */
  readonly url: string;
  /** The port it listens on; the one that was free, where the option was 0. */
  readonly port: number;
}

/**
 * Runs a relay on a port of its own, with `/healthz`, `/readyz` and, unless `pages` is false, a page to chat from.
 *
 * @throws QsecError `bad_option`, also when the port is in use
 * @example
 * const relay = await startRelay({ port: 0, db: false, cors: ["https://chat.example"] });
 * console.log(relay.url);
 * process.once("SIGTERM", () => relay.close());
 */
export async function startRelay(options: StartOptions = {}): Promise<RunningRelay> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, pages = true, ...relayOptions } = options;
  checkNumber("port", port, 0, 65_535);
  const settings = resolveOptions(relayOptions);
  const logger = loggerFor(settings);
  const counters = new Counters();
  const handler = requestHandler(pages ? await loadPages() : undefined, () => relay.readiness);
  const server = createServer(SERVER_LIMITS, handler);
  limitConnections(server, settings, counters);
  const relay: Relay = await assembleRelay(server, { ...relayOptions, logger }, counters);
  try {
    await listen(server, { port, host, option: "--port" });
  } catch (error) {
    await relay.close();
    throw error;
  }
  // Such as "too many open files" when a connection comes in; without a listener it would end the process.
  server.on("error", (err) => logger.error({ err }, "the HTTP server has a problem"));
  const bound = (server.address() as AddressInfo).port;
  let closing: Promise<void> | undefined;
  return {
    port: bound,
    url: `http://${hostForUrl(host)}:${bound}`,
    metricsUrl: relay.metricsUrl,
    get stats() {
      return relay.stats;
    },
    get readiness() {
      return relay.readiness;
    },
    close: () => (closing ??= stop(server, relay)),
  };
}

/** The relay first: meanwhile `/readyz` says that it stops. */
async function stop(server: Server, relay: Relay): Promise<void> {
  await relay.close();
  await closeServer(server);
}

/** Where a browser on this machine finds a server that listens on this address. */
function hostForUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
