import { once } from "node:events";
import { WebSocket } from "ws";
import type { TestRelay } from "./start-relay.js";

/** Socket.IO spoken by hand, for what its client would never send: `0` opens, `40` enters, `42[…]` is an event. */
export class RawSocket {
  readonly #socket: WebSocket;
  readonly #received: string[] = [];
  readonly closed: Promise<unknown>;

  private constructor(relay: TestRelay, headers: Readonly<Record<string, string>>) {
    this.#socket = new WebSocket(`ws://127.0.0.1:${relay.port}/socket.io/?EIO=4&transport=websocket`, { headers });
    this.#socket.on("error", () => {}); // such as what was on its way when the relay has hung up
    this.closed = once(this.#socket, "close");
    this.#socket.on("message", (data) => this.#received.push((data as Buffer).toString()));
  }

  static async connected(relay: TestRelay, headers: Readonly<Record<string, string>> = {}): Promise<RawSocket> {
    const raw = new RawSocket(relay, headers);
    await raw.until("0");
    raw.send("40");
    await raw.until("40");
    return raw;
  }

  send(packet: string | Buffer): void {
    this.#socket.send(packet);
  }

  /** Waits until a packet with this beginning has come. */
  async until(prefix: string): Promise<void> {
    while (!this.#received.some((packet) => packet.startsWith(prefix))) await once(this.#socket, "message");
  }

  /** Stops or goes on reading; what is not read stays with the relay. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.close();
  }

  /** Ends the link without a word; also one that does not read, which `close` would wait for. */
  drop(): void {
    this.#socket.terminate();
  }
}
