import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** TCP spoken by hand, for what no HTTP client would send. It ends with the relay. */
export class RawHttp {
  readonly #socket: Socket;
  readonly #closed: Promise<unknown>;
  #received = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1").on("data", (text: string) => (this.#received += text));
    socket.on("error", () => {}); // the relay may hang up while something is on its way
    this.#closed = new Promise((resolve) => socket.once("close", resolve));
  }

  static async connected(port: number): Promise<RawHttp> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new RawHttp(socket);
  }

  write(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Reads until so much of the answer is there as fits. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received)) {
      const more = await Promise.race([once(this.#socket, "data").then(() => true), this.#closed.then(() => false)]);
      if (!more) throw new Error(`the relay has hung up after ${JSON.stringify(this.#received.slice(0, 200))}`);
    }
    return this.#received;
  }

  /** All that came until the relay has hung up. */
  async ended(): Promise<string> {
    await this.#closed;
    return this.#received;
  }

  drop(): void {
    this.#socket.destroy();
  }
}

/** The status of the answer to one request that is sent as it stands; 0 where the relay hangs up without one. */
export async function statusOf(port: number, request: string): Promise<number> {
  const raw = await RawHttp.connected(port);
  raw.write(request);
  const answer = await raw.until(/\r\n/).catch(() => "");
  raw.drop();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

/** A WebSocket handshake with Engine.IO, as lines of HTTP. */
export function handshake(
  headers: Readonly<Record<string, string>> = {},
  path = "/socket.io/?EIO=4&transport=websocket",
): string {
  const all = {
    Host: "localhost",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** One masked WebSocket frame, as a client sends it. The mask is zero, which changes nothing. */
export function webSocketFrame(opcode: number, payload: string | Uint8Array, final = true): Buffer {
  const body = Buffer.from(payload as string);
  const head = [(final ? 0x80 : 0) | opcode];
  if (body.length < 126) head.push(0x80 | body.length);
  else head.push(0x80 | 126, body.length >> 8, body.length & 255);
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), body]);
}
