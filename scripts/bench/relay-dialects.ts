import { randomBytes } from "node:crypto";
import { NUMBER_DIGITS, numberAt, type Dialect } from "../../packages/relay/src/bench/dialect.js";
import { clientFrame, LoadSocket } from "../../packages/relay/src/bench/load-socket.js";
import { RelayDialect } from "../../packages/relay/src/bench/relay-dialect.js";
import type { Kind } from "./relay-server.js";

/** A sealed message of 1 KiB: header, padded content, tag. */
export const FRAME_BYTES = 16 + 1024 + 16;

export function dialectOf(kind: Kind, url: string): Dialect {
  if (kind === "relay") return new RelayDialect(url, FRAME_BYTES);
  return kind === "bare" ? new BareDialect(url) : new WebSocketDialect(url);
}

/** Plain WebSocket messages; the room is in the address. */
class WebSocketDialect implements Dialect {
  readonly #url: string;
  readonly #payload = randomBytes(FRAME_BYTES);

  constructor(url: string) {
    this.#url = url;
  }

  async enter(room: string): Promise<LoadSocket> {
    const socket = new LoadSocket(new URL(`/${room}`, this.#url));
    await socket.open();
    return socket;
  }

  message(number: number): Buffer {
    this.#payload.write(String(number), 0, NUMBER_DIGITS, "latin1");
    return clientFrame(this.#payload, true);
  }

  delivered(payload: Buffer, binary: boolean): number | undefined {
    return binary ? numberAt(payload, 0) : undefined;
  }
}

/** Socket.IO with a binary attachment, which is a frame of its own. */
class BareDialect extends WebSocketDialect {
  readonly #address: string;
  readonly #head = clientFrame(Buffer.from('451-["message",{"_placeholder":true,"num":0}]'));

  constructor(url: string) {
    super(url);
    this.#address = url;
  }

  override async enter(room: string): Promise<LoadSocket> {
    const socket = new LoadSocket(new URL(`/socket.io/?EIO=4&transport=websocket&room=${room}`, this.#address));
    const entered = new Promise<void>((resolve) => {
      socket.onMessage = (payload) => {
        if (payload[0] === "0".charCodeAt(0)) socket.send(clientFrame(Buffer.from("40")));
        else resolve();
      };
    });
    await socket.open();
    await entered;
    socket.onMessage = (payload) => payload.toString() === "2" && socket.send(clientFrame(Buffer.from("3")));
    return socket;
  }

  override message(number: number): Buffer {
    return Buffer.concat([this.#head, super.message(number)]);
  }
}
