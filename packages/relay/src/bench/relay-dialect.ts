import { randomBytes } from "node:crypto";
import { KIND, PROTOCOL_VERSION } from "@qsec2/sdk/wire";
import { NUMBER_DIGITS, numberAt, type Dialect } from "./dialect.js";
import { clientFrame, LoadSocket } from "./load-socket.js";

/** Where the number stands in the text of a frame; it is base64url text as all the rest, behind the version and kind. */
const NUMBER_AT = 8;
const OPEN = 0x30; // "0", Engine.IO
const PING = 0x32; // "2"
const PONG = clientFrame(Buffer.from("3"));

/** Sealed group messages as members of a room send them, each with an acknowledgement. */
export class RelayDialect implements Dialect {
  readonly #url: URL;
  readonly #text: string;

  /**
   * @param relay the relay's address
   * @param size bytes of a sealed frame, at least 18; rounded up to a multiple of three
   */
  constructor(relay: string, size: number) {
    this.#url = new URL("/socket.io/?EIO=4&transport=websocket", relay);
    const frame = Buffer.concat([
      Buffer.of(PROTOCOL_VERSION, KIND.GROUP),
      randomBytes(Math.max(18, Math.ceil(size / 3) * 3) - 2),
    ]);
    this.#text = frame.toString("base64url");
  }

  async enter(room: string, members: number): Promise<LoadSocket> {
    const socket = new LoadSocket(this.#url);
    const id = randomBytes(32).toString("base64url");
    const username = `load-${id.slice(0, 12).replaceAll("-", "x")}x`;
    const join = JSON.stringify(["join", { version: 1, room, username, id, expected: members, ring: NO_RING }]);
    const welcomed = new Promise<string>((resolve, reject) => {
      socket.onEnd = () => reject(new Error("The relay closed the link before it let the member in."));
      socket.onMessage = (payload) => {
        if (payload[0] === OPEN) return socket.send(clientFrame(Buffer.from("40")));
        const text = payload.toString();
        if (text.startsWith("40")) socket.send(clientFrame(Buffer.from(`420${join}`)));
        if (text.startsWith("430")) resolve(text.slice(3));
      };
    });
    const [, answer] = await Promise.all([socket.open(), welcomed]);
    const [welcome] = JSON.parse(answer) as [{ ok: boolean; message?: string }];
    if (!welcome.ok) throw new Error(`The relay did not let a member in: ${welcome.message}`);
    this.#answerPings(socket);
    return socket;
  }

  message(number: number): Buffer {
    const { length } = this.#text;
    const text = this.#text.slice(0, NUMBER_AT) + number + this.#text.slice(NUMBER_AT + NUMBER_DIGITS, length);
    return clientFrame(Buffer.from(`42${number}["group_message",{},"${text}"]`, "latin1"));
  }

  delivered(payload: Buffer): number | undefined {
    if (payload.length > this.#text.length && payload[1] === 0x32 && payload.indexOf('"group_message"') === 3)
      return numberAt(payload, payload.length - 2 - this.#text.length + NUMBER_AT);
    if (payload[1] === 0x33 && !payload.includes('"ok":true'))
      throw new Error(`The relay refused a message: ${payload.toString()}`);
    return undefined;
  }

  #answerPings(socket: LoadSocket): void {
    socket.onMessage = (payload) => payload[0] === PING && payload.length === 1 && socket.send(PONG);
  }
}

/** As a client says it that keeps count of what it gets. */
const NO_RING = { epoch: "", seq: 0 };
