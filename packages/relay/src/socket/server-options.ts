import type { IncomingMessage } from "node:http";
import type { ServerOptions } from "socket.io";
import { WebSocketServer, type ServerOptions as WebSocketOptions } from "ws";
import { CONNECT_DEADLINE, WS_CLOSE_TIMEOUT, WS_FRAGMENTS_MAX } from "../limits.js";
import type { RelaySettings } from "../options.js";
import { OnePieceAdapter } from "./one-piece-adapter.js";
import { boundedParser } from "./parser.js";

const ENGINE_VERSION = "4";

function queryOf({ url }: IncomingMessage): URLSearchParams {
  return new URL(url ?? "/", "http://relay").searchParams;
}

/** The WebSocket server with the limits that Engine.IO does not pass on. */
class BoundedWebSocketServer extends WebSocketServer {
  constructor(options: WebSocketOptions) {
    // `closeTimeout` is younger than the types of `ws`.
    const bounds = { maxFragments: WS_FRAGMENTS_MAX, closeTimeout: WS_CLOSE_TIMEOUT };
    super({ ...options, ...bounds });
  }

  /** Engine.IO would first let older versions of itself in, and then hang up. */
  override shouldHandle(request: IncomingMessage): boolean {
    return queryOf(request).get("EIO") === ENGINE_VERSION;
  }
}

/** The same where every connection begins as a WebSocket: one for a session that exists would pass by `allowRequest`. */
class OnlyWebSocketServer extends BoundedWebSocketServer {
  override shouldHandle(request: IncomingMessage): boolean {
    return super.shouldHandle(request) && !queryOf(request).has("sid");
  }
}

/** Milliseconds, from seconds between two pings. A dropped link is noticed after at most the sum of the two. */
export function heartbeatTimes(heartbeat: number): { readonly pingInterval: number; readonly pingTimeout: number } {
  return { pingInterval: heartbeat * 1000, pingTimeout: (heartbeat * 2000) / 3 };
}

/**
 * @param admit the sentence with which a new connection is refused, or null
 * @param malformed told of each packet that cannot be read
 */
export function socketServerOptions(
  { allowPolling, cors, maxPayload, heartbeat }: RelaySettings,
  admit: (request: IncomingMessage) => string | null,
  malformed: () => void,
): Partial<ServerOptions> {
  const pages = cors.includes("*") ? "*" : [...cors];
  return {
    transports: allowPolling ? ["polling", "websocket"] : ["websocket"],
    allowUpgrades: allowPolling,
    ...(allowPolling && cors.length > 0 ? { cors: { origin: pages } } : {}),
    serveClient: false,
    allowEIO3: false,
    // Sealed bytes do not compress: compression would cost most of the throughput and memory, and gain nothing.
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxPayload * 1024,
    ...heartbeatTimes(heartbeat),
    connectTimeout: CONNECT_DEADLINE,
    wsEngine: allowPolling ? BoundedWebSocketServer : OnlyWebSocketServer,
    adapter: OnePieceAdapter,
    parser: boundedParser(malformed),
    // `connectionStateRecovery` stays off: it would keep frames, and the resume token of a seat does what is needed.
    allowRequest: (request, answer) => {
      const refusal = admit(request);
      answer(refusal, refusal === null);
    },
  };
}
