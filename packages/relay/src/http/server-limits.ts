import type { Server, ServerOptions } from "node:http";
import type { Counters } from "../counters.js";
import {
  HTTP_CHECK_INTERVAL,
  HTTP_CONNECTIONS_BESIDE,
  HTTP_HEADERS_TIMEOUT,
  HTTP_KEEP_ALIVE_TIMEOUT,
  HTTP_REQUEST_TIMEOUT,
  HTTP_REQUESTS_PER_CONNECTION,
  HTTP_SILENCE_MAX,
} from "../limits.js";
import type { RelaySettings } from "../options.js";
import { networkOf } from "../socket/address.js";

/** How long a client may take to say what it wants. */
export const SERVER_LIMITS: ServerOptions = {
  headersTimeout: HTTP_HEADERS_TIMEOUT,
  requestTimeout: HTTP_REQUEST_TIMEOUT,
  keepAliveTimeout: HTTP_KEEP_ALIVE_TIMEOUT,
  connectionsCheckingInterval: HTTP_CHECK_INTERVAL,
};

/** An address may have connections for pages besides its sockets. */
const BESIDE_SOCKETS = 2;

/** Bounds the connections of a server, also of those who connect and say nothing, as those are no sockets yet. */
export function limitConnections(server: Server, settings: RelaySettings, counters: Counters): void {
  server.maxConnections = settings.maxConnections + HTTP_CONNECTIONS_BESIDE;
  server.maxRequestsPerSocket = HTTP_REQUESTS_PER_CONNECTION;
  server.timeout = HTTP_SILENCE_MAX;
  server.on("drop", () => counters.refuse("connections"));
  if (settings.trustProxy) return; // all of them are the proxy's
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = networkOf(socket.remoteAddress);
    if (address === undefined) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > BESIDE_SOCKETS * settings.maxPerAddress) {
      counters.refuse("address_connections");
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once("close", () => {
      const left = open.get(address)! - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}
