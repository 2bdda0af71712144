import { WINDOW } from "../crypto/chain.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { rosterIndex } from "./epoch-commit.js";
import type { Epoch } from "./epoch.js";
import type { Epochs } from "./epochs.js";
import { FRAME_RESEND, RESEND_BATCH, RESEND_PAUSE, UNCONFIRMED } from "./timing.js";

interface Sent {
  readonly seq: number;
  readonly frame: Uint8Array;
  /** Whether a person or program said it, and is told when it is not confirmed. */
  readonly isSaid: boolean;
  /** How often it was sent again. */
  repeats: number;
  /** When it is sent again, or, after the last time, given up. */
  next: number;
}

interface SentInEpoch {
  readonly epoch: Epoch;
  readonly frames: Map<number, Sent>;
  /** Numbers that others may never open, through no fault of the relay: what comes after them cannot be confirmed. */
  readonly apart: Set<number>;
  /** Whether something that was said in it has been given up. */
  isLost: boolean;
  isTold: boolean;
}

/** Own messages that everybody has by now, rising, and their epoch. */
export interface Settled {
  readonly epoch: Epoch;
  readonly seqs: readonly number[];
}

/**
 * So many messages of an epoch may be unconfirmed before the next one waits. A receiver's Chain takes 256 out of order, so
 * whoever has missed all of these can still open them when they come again; the rest is for control messages, which never wait.
 */
export const UNCONFIRMED_MAX = WINDOW - 32;

/**
 * This member's messages that not everybody is known to have. What is sent again is the same bytes, which a Chain opens
 * once: nobody reads a message twice, and no nonce is used twice.
 */
export class SentFrames {
  readonly #held: Pick<Epochs, "holding" | "current">;
  #epochs: SentInEpoch[] = [];
  /** What else is due is sent again from this time on: the relay limits how much a member sends at once. */
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(held: Pick<Epochs, "holding" | "current">) {
    this.#held = held;
  }

  /** The relay has taken this one. */
  add(epoch: Epoch, { seq, frame }: Pick<Sent, "seq" | "frame">, isSaid: boolean, now: number): void {
    const sent = this.#of(epoch) ?? this.#begin(epoch);
    sent.frames.set(seq, { seq, frame, isSaid, repeats: 0, next: now + FRAME_RESEND[0] });
    this.#dropUnconfirmable(sent);
  }

  /** Whether the next message has to wait until more people have those before it, or until they were sent again. */
  holdsBack(epoch: Epoch, now: number): boolean {
    if (now < this.#pausedUntil) return true;
    const sent = this.#of(epoch);
    if (sent === undefined || sent.frames.size < UNCONFIRMED_MAX) return false;
    const first = firstApart(sent.apart);
    return [...sent.frames.keys()].filter((seq) => seq < first).length >= UNCONFIRMED_MAX;
  }

  /** This number travels on a way of the application's own, and may not reach everybody. */
  addApart(epoch: Epoch, seq: number): void {
    (this.#of(epoch) ?? this.#begin(epoch)).apart.add(seq);
  }

  /** Everybody in the roster has what is below `floor`. Returns the sequence numbers that this settles, rising. */
  settle(epoch: Epoch, floor: number): number[] {
    const sent = this.#of(epoch);
    if (sent === undefined) return [];
    for (const seq of sent.apart) if (seq < floor) sent.apart.delete(seq);
    const settled = [...sent.frames.keys()].filter((seq) => seq < floor).sort((a, b) => a - b);
    for (const seq of settled) sent.frames.delete(seq);
    return settled;
  }

  /** The frames to send again now, oldest first and no more than the relay takes at once. */
  due(now: number): Uint8Array[] {
    const due: Uint8Array[] = [];
    if (now < this.#pausedUntil) return due;
    for (const sent of this.#epochs) {
      if (!this.#isHeld(sent)) continue;
      for (const one of sent.frames.values()) {
        if (now < one.next) continue;
        if (one.repeats === FRAME_RESEND.length) {
          this.#giveUp(sent, one);
          continue;
        }
        if (due.length === RESEND_BATCH) {
          this.#pausedUntil = now + RESEND_PAUSE;
          return due;
        }
        due.push(one.frame);
        one.next = now + (FRAME_RESEND[++one.repeats] ?? UNCONFIRMED);
      }
    }
    return due;
  }

  /** The epochs in which something was said that nobody can be counted on to have read; each is returned once. */
  takeLost(): Epoch[] {
    for (const sent of this.#epochs)
      if (!this.#isHeld(sent)) for (const one of sent.frames.values()) this.#giveUp(sent, one);
    const lost = this.#epochs.filter(({ isLost, isTold }) => isLost && !isTold);
    for (const sent of lost) sent.isTold = true;
    this.#epochs = this.#epochs.filter((sent) => this.#isHeld(sent));
    return lost.map(({ epoch }) => epoch);
  }

  /** Whether something of this epoch waits to be known by everybody. */
  has(epoch: Epoch): boolean {
    return (this.#of(epoch)?.frames.size ?? 0) > 0;
  }

  nextWake(): number | null {
    const times = this.#epochs.flatMap(({ frames }) => [...frames.values()].map(({ next }) => next));
    return times.length === 0 ? null : Math.max(this.#pausedUntil, Math.min(...times));
  }

  clear(): void {
    this.#epochs = [];
  }

  #giveUp(sent: SentInEpoch, { seq, isSaid }: Sent): void {
    sent.frames.delete(seq);
    if (isSaid && this.#hasReaders(sent) && seq < firstApart(sent.apart)) sent.isLost = true;
  }

  /**
   * After a number that travels on a way of the application's own nobody can tell what has arrived: such frames are sent
   * again as long as there is room for them, and hold nothing back.
   */
  #dropUnconfirmable({ frames, apart }: SentInEpoch): void {
    const first = firstApart(apart);
    const unconfirmable = first === Infinity ? [] : [...frames.keys()].filter((seq) => seq > first);
    if (unconfirmable.length > UNCONFIRMED_MAX) frames.delete(unconfirmable[0]);
  }

  /** Whether anybody to whom it was said is still there. */
  #hasReaders({ epoch: { commit, ownIndex } }: SentInEpoch): boolean {
    const roster = this.#held.current?.commit.roster ?? [];
    return commit.roster.some(({ id }, index) => index !== ownIndex && rosterIndex(roster, id) >= 0);
  }

  #isHeld({ epoch }: SentInEpoch): boolean {
    return this.#held.holding(epoch.hash) !== null;
  }

  #of(epoch: Epoch): SentInEpoch | undefined {
    return this.#epochs.find((entry) => equalBytes(entry.epoch.hash, epoch.hash));
  }

  #begin(epoch: Epoch): SentInEpoch {
    const entry = { epoch, frames: new Map<number, Sent>(), apart: new Set<number>(), isLost: false, isTold: false };
    this.#epochs.push(entry);
    return entry;
  }
}

/** The lowest number that others may never open; what comes after it cannot be confirmed. They are added as they rise. */
function firstApart(apart: ReadonlySet<number>): number {
  const [first = Infinity] = apart;
  return first;
}

/** What a sender is told of an epoch out of {@link SentFrames.takeLost}. */
export function lostIn(number: number): QsecError {
  const text = `Not everybody has confirmed what you said in epoch ${number}, though the relay took it.`;
  return new QsecError("MISSED", `${text} It may be keeping it from them: say it again if it matters.`);
}
