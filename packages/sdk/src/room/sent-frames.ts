import { equalBytes } from "../wire/bytes.js";
import type { Epoch } from "./epoch.js";
import type { Epochs } from "./epochs.js";
import { FRAME_RESEND } from "./timing.js";

interface Sent {
  readonly seq: number;
  readonly frame: Uint8Array;
  /** How often it was sent again. */
  repeats: number;
  next: number;
}

interface SentInEpoch {
  readonly epoch: Epoch;
  readonly frames: Map<number, Sent>;
}

/** As many as a receiver's Chain can still take out of order. */
const KEPT = 256;

/**
 * This member's messages that not everybody is known to have. What is sent again is the same bytes, which a Chain opens
 * once: nobody reads a message twice, and no nonce is used twice.
 */
export class SentFrames {
  readonly #held: Pick<Epochs, "holding">;
  #epochs: SentInEpoch[] = [];

  constructor(held: Pick<Epochs, "holding">) {
    this.#held = held;
  }

  /** The relay has taken this one. */
  add(epoch: Epoch, seq: number, frame: Uint8Array, now: number): void {
    const { frames } = this.#of(epoch) ?? this.#begin(epoch);
    frames.set(seq, { seq, frame, repeats: 0, next: now + FRAME_RESEND[0] });
    const oldest = frames.keys().next().value;
    if (frames.size > KEPT && oldest !== undefined) frames.delete(oldest);
  }

  /** Everybody in the roster has what is below `floor`. Returns the sequence numbers that this settles, rising. */
  settle(epoch: Epoch, floor: number): number[] {
    const frames = this.#of(epoch)?.frames ?? new Map<number, Sent>();
    const settled = [...frames.keys()].filter((seq) => seq < floor).sort((a, b) => a - b);
    for (const seq of settled) frames.delete(seq);
    return settled;
  }

  /** The frames to send again now, oldest first. */
  due(now: number): Uint8Array[] {
    this.#epochs = this.#epochs.filter(({ epoch }) => this.#held.holding(epoch.hash) !== null);
    const due: Uint8Array[] = [];
    for (const { frames } of this.#epochs) {
      for (const sent of frames.values()) {
        if (now < sent.next) continue;
        due.push(sent.frame);
        const pause = FRAME_RESEND[++sent.repeats];
        if (pause === undefined) frames.delete(sent.seq);
        else sent.next = now + pause;
      }
    }
    return due;
  }

  /** Whether something waits to be known by everybody. */
  get isEmpty(): boolean {
    return this.#epochs.every(({ frames }) => frames.size === 0);
  }

  nextWake(): number | null {
    const times = this.#epochs.flatMap(({ frames }) => [...frames.values()].map(({ next }) => next));
    return times.length === 0 ? null : Math.min(...times);
  }

  clear(): void {
    this.#epochs = [];
  }

  #of(epoch: Epoch): SentInEpoch | undefined {
    return this.#epochs.find((entry) => equalBytes(entry.epoch.hash, epoch.hash));
  }

  #begin(epoch: Epoch): SentInEpoch {
    const entry = { epoch, frames: new Map<number, Sent>() };
    this.#epochs.push(entry);
    return entry;
  }
}
