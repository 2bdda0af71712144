import { io, type Socket } from "socket.io-client";
import type { JoinRequest, RelayErrorCode, Welcome } from "@qsec2/sdk/wire";
import { fakeId } from "./frames.js";

/** An answer of the relay; the tests look at what they expect. */
export type Answer = Record<string, unknown> & {
  readonly ok: boolean;
  readonly code?: RelayErrorCode;
  readonly seq?: number;
};

interface Heard {
  readonly event: string;
  readonly args: readonly unknown[];
}

const PATIENCE = 30_000;

/** A bare Socket.IO client that remembers what it has heard. It may say anything, also what no honest client says. */
export class TestClient {
  readonly socket: Socket;
  readonly id: string;
  readonly username: string;
  readonly heard: Heard[] = [];
  /** Per event: how much of what was heard has been waited for. */
  readonly #cursors = new Map<string, number>();
  #wake: () => void = () => {};

  constructor(url: string, username: string, id: string) {
    this.username = username;
    this.id = id;
    this.socket = io(url, { transports: ["websocket"], reconnection: false, forceNew: true });
    this.socket.onAny((event: string, ...args: unknown[]) => {
      this.heard.push({ event, args });
      this.#wake();
    });
  }

  async connected(): Promise<this> {
    if (this.socket.connected) return this;
    await new Promise<void>((resolve, reject) => {
      this.socket.once("connect", resolve);
      this.socket.once("connect_error", reject);
    });
    return this;
  }

  /** Sends an event and waits for the answer to it. */
  async ask(event: string, ...args: readonly unknown[]): Promise<Answer> {
    return (await this.socket.timeout(PATIENCE).emitWithAck(event, ...args)) as Answer;
  }

  async join(room: string, extra: Partial<JoinRequest> = {}): Promise<Welcome> {
    const request = { version: 1, room, username: this.username, id: this.id, expected: 2, ...extra };
    const answer = await this.ask("join", request);
    if (!answer.ok) throw new Error(`join was refused: ${answer.code}`);
    return answer as unknown as Welcome;
  }

  /** The first event of this name that matches, of those after the last one that was waited for. One wait at a time. */
  async next<T = Record<string, unknown>>(event: string, matches: (header: T) => boolean = () => true): Promise<T> {
    const deadline = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const headers = this.all(event).map(([header]) => header as T);
      const found = headers.findIndex((header, i) => i >= (this.#cursors.get(event) ?? 0) && matches(header));
      if (found >= 0) {
        this.#cursors.set(event, found + 1);
        return headers[found];
      }
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        deadline.onabort = () => reject(new Error(`${this.username} has waited in vain for ${event}`));
      });
    }
  }

  /** Resolves when the keys and the log, which a newcomer gets, have come in whatever order. */
  async caughtUp(): Promise<void> {
    await this.next("pubkeys");
    await this.next("room_logs");
  }

  /** Everything of this name that was heard so far. */
  all(event: string): readonly (readonly unknown[])[] {
    return this.heard.filter((heard) => heard.event === event).map(({ args }) => args);
  }

  /** Resolves when the link has ended, with Socket.IO's reason. */
  async ended(): Promise<string> {
    if (this.socket.disconnected) return "already";
    return new Promise((resolve) => this.socket.once("disconnect", resolve));
  }

  /** Ends the link without a word, as a lost network does. */
  drop(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.disconnect();
  }
}

let clients = 0;

/** A connected client with an id of its own. */
export function connect(url: string, username: string, id: string = fakeId(++clients)): Promise<TestClient> {
  return new TestClient(url, username, id).connected();
}
