import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Counters } from "./counters.js";
import { requestHandler } from "./http/handler.js";
import { limitConnections, SERVER_LIMITS } from "./http/server-limits.js";
import { loadPages } from "./http/pages.js";
import { loggerFor } from "./log.js";
import { badOption, checkNumber, resolveOptions, type RelayOptions } from "./options.js";
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

export interface RunningRelay extends Relay {
  /** For a browser on this machine. */
  readonly url: string;
  readonly port: number;
}

/** @throws QsecError `bad_option`, also when the port is in use */
export async function startRelay(options: StartOptions = {}): Promise<RunningRelay> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, pages = true, ...relayOptions } = options;
  checkNumber("port", port, 0, 65_535);
  const settings = resolveOptions(relayOptions);
  const logger = loggerFor(settings);
  const counters = new Counters();
  const server = createServer(SERVER_LIMITS, requestHandler(pages ? await loadPages() : undefined));
  limitConnections(server, settings, counters);
  const relay = await assembleRelay(server, { ...relayOptions, logger }, counters);
  try {
    await listen(server, port, host);
  } catch (error) {
    await relay.close();
    throw listenError(error as NodeJS.ErrnoException, port, host);
  }
  // Such as "too many open files" when a connection comes in; without a listener it would end the process.
  server.on("error", (err) => logger.error({ err }, "the HTTP server has a problem"));
  const bound = (server.address() as AddressInfo).port;
  let closing: Promise<void> | undefined;
  return {
    port: bound,
    url: `http://${hostForUrl(host)}:${bound}`,
    get stats() {
      return relay.stats;
    },
    close: () => (closing ??= stop(server, relay)),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function stop(server: Server, relay: Relay): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await relay.close();
  server.closeAllConnections();
  await closed;
}

/** Where a browser on this machine finds a server that listens on this address. */
function hostForUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use; stop what listens there, or choose another port.`,
    EACCES: `This user may not listen on port ${port}; choose one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host} to listen on.`,
    ENOTFOUND: `There is no address for the host name ${host}.`,
  };
  return badOption(reasons[error.code ?? ""] ?? `The relay cannot listen on ${host}:${port}: ${error.message}.`, error);
}
