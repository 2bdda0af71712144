import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

const FIN = 0x80;
const MASKED = 0x80;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;

/** One message as a WebSocket frame of a client (RFC 6455, section 5.2), with the masking key zero: what is sent shows. */
export function clientFrame(payload: Buffer, binary = false): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.of(0, MASKED | length)
      : length < 65_536
        ? Buffer.of(0, MASKED | 126, length >> 8, length & 255)
        : Buffer.of(
            0,
            MASKED | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          );
  head[0] = FIN | (binary ? BINARY : TEXT);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/**
 * A WebSocket that does as little as it can, so that a load of many of them is not slower than the relay that is measured.
 * It reads only what a server may send unasked for: whole frames.
 */
export class LoadSocket {
  /** Called for every message; the payload is valid only until it returns. */
  onMessage: (payload: Buffer, binary: boolean) => void = () => {};
  /** Called when the link ends, also when `close` ends it. */
  onEnd: () => void = () => {};
  readonly #socket: Socket;
  #rest: Buffer | null = null;

  readonly #url: URL;

  /** @param url http: or https: with the path of the WebSocket */
  constructor(url: URL) {
    const isTls = url.protocol === "https:";
    const port = Number(url.port || (isTls ? 443 : 80));
    const host = url.hostname.replace(/^\[|\]$/g, "");
    this.#url = url;
    this.#socket = isTls ? connectTls({ host, port, servername: host }) : connect({ host, port });
    this.#socket.setNoDelay(true);
  }

  /** Sends what `clientFrame` made. */
  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Bytes that were sent and have not left yet. */
  get queued(): number {
    return this.#socket.writableLength;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Opens the link. What comes with the answer is told before this resolves. @throws when the server refuses */
  open(): Promise<void> {
    const { pathname, search, host } = this.#url;
    const key = randomBytes(16).toString("base64");
    const lines = [
      `GET ${pathname}${search} HTTP/1.1`,
      `Host: ${host}`,
      ...["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", `Sec-WebSocket-Key: ${key}`],
    ];
    this.#socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    return new Promise((resolve, reject) => {
      let head = Buffer.alloc(0);
      const read = (chunk: Buffer): void => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        this.#socket.off("data", read);
        const status = head.toString("latin1", 0, head.indexOf("\r\n"));
        if (!status.includes(" 101 ")) return reject(new Error(`The server refused the link: ${status}`));
        this.#socket.on("data", (data: Buffer) => this.#read(data));
        this.#read(head.subarray(end + 4));
        resolve();
      };
      this.#socket.on("data", read);
      this.#socket.on("error", reject);
      this.#socket.on("close", () => {
        reject(new Error("The server closed the link."));
        this.onEnd();
      });
    });
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const short = bytes[at + 1] & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length < at + head) break;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      const end = at + head + length;
      if (bytes.length < end) break;
      const kind = bytes[at] & 15;
      if (kind === TEXT || kind === BINARY) this.onMessage(bytes.subarray(at + head, end), kind === BINARY);
      else if (kind === CLOSE) this.close();
      at = end;
    }
    this.#rest = at < bytes.length ? bytes.subarray(at) : null;
  }
}
