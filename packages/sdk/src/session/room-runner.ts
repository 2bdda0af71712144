import type { RoomEvent, StepResult } from "../room/effects.js";
import type { Room } from "../room/room.js";
import type { Outgoing, Transport } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { destroyed, refused } from "./problems.js";

/** The shortest pause between two wake-ups, so that a time that has just passed cannot keep the thread busy. */
const WAKE_FLOOR = 20;
/** Longest delay of `setTimeout`. */
const WAKE_CEILING = 2 ** 31 - 1;

export interface RunnerListener {
  event(event: RoomEvent): void;
  /** Something failed that no call waits for. */
  problem(error: unknown): void;
  /** A step is done; the next one waits. */
  stepped(): Promise<void>;
}

/** Drives a room: one step after the other, sends what they ask for, and wakes the room when its time has come. */
export class RoomRunner {
  readonly #room: Room;
  readonly #transport: Transport;
  readonly #listener: RunnerListener;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(room: Room, transport: Transport, listener: RunnerListener) {
    this.#room = room;
    this.#transport = transport;
    this.#listener = listener;
  }

  /**
   * Runs a task when those before it are done: WebCrypto is asynchronous, and the room must not move under a step.
   * @throws QsecError `destroyed` once stopped
   */
  run<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(() => {
      if (this.#stopped) throw destroyed();
      return task();
    });
    this.#queue = run.catch(() => undefined); // the caller gets the error; the next step must not
    return run;
  }

  /** Runs a step of the room, then does what it asks for. */
  async advance(step: (now: number) => Promise<StepResult>): Promise<void> {
    await this.run(async () => {
      try {
        const { send, events } = await step(Date.now());
        if (this.#stopped) return;
        for (const message of send) this.#send(message);
        for (const event of events) this.#listener.event(event);
        await this.#listener.stepped();
      } finally {
        this.#schedule(); // also after a step that failed: what is due stays due
      }
    });
  }

  /** The same where nobody waits: errors are told to the listener. */
  push(step: (now: number) => Promise<StepResult>): void {
    this.advance(step).catch((error: unknown) => {
      if (!this.#stopped) this.#listener.problem(error);
    });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #send(message: Outgoing): void {
    this.#transport.send(message).then(
      (reply) => {
        // A member who has just left cannot be written to; the list of members says so.
        if (!reply.ok && reply.code !== "unknown_member") this.#listener.problem(refused(reply));
      },
      (error: unknown) => {
        // What is lost with the link is made good when it is back: handshakes and shares are repeated.
        if (!(error instanceof QsecError && error.code === "link_lost")) this.#listener.problem(error);
      },
    );
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const wake = this.#room.nextWake();
    if (wake === null || this.#stopped) return;
    const delay = Math.min(Math.max(wake - Date.now(), WAKE_FLOOR), WAKE_CEILING);
    this.#timer = setTimeout(() => this.push((now) => this.#room.tick(now)), delay);
  }
}
