import type { ServerOptions } from "socket.io";
import { Decoder } from "socket.io-parser";
import { WebSocketServer, type ServerOptions as WebSocketOptions } from "ws";
import {
  CONNECT_DEADLINE,
  PACKET_MAX,
  PING_INTERVAL,
  PING_TIMEOUT,
  WS_CLOSE_TIMEOUT,
  WS_FRAGMENTS_MAX,
} from "../limits.js";
import { SealedEncoder } from "./sealed-encoder.js";
import { originAllowed, type OriginRules } from "./origin.js";

/** The WebSocket server with the limits that Engine.IO does not pass on. */
class BoundedWebSocketServer extends WebSocketServer {
  constructor(options: WebSocketOptions) {
    // `closeTimeout` is younger than the types of `ws`.
    const bounds = { maxFragments: WS_FRAGMENTS_MAX, closeTimeout: WS_CLOSE_TIMEOUT };
    super({ ...options, ...bounds });
  }
}

/**
 * @param refused called for a socket of a page that may not connect
 * @param draining true once the relay is stopping and takes no new sockets
 */
export function socketServerOptions(
  rules: OriginRules,
  draining: () => boolean,
  refused: () => void,
): Partial<ServerOptions> {
  return {
    transports: ["websocket"],
    serveClient: false,
    allowEIO3: false,
    // Sealed bytes do not compress: compression would cost most of the throughput and memory, and gain nothing.
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: PACKET_MAX,
    pingInterval: PING_INTERVAL,
    pingTimeout: PING_TIMEOUT,
    connectTimeout: CONNECT_DEADLINE,
    wsEngine: BoundedWebSocketServer,
    parser: { Encoder: SealedEncoder, Decoder },
    // `connectionStateRecovery` stays off: it would keep frames, and the resume token of a seat does what is needed.
    allowRequest: (request, answer) => {
      if (draining()) return answer("the relay is stopping", false);
      if (originAllowed(request.headers, rules)) return answer(null, true);
      refused();
      return answer("this origin may not connect", false);
    },
  };
}
