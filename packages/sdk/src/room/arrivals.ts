import type { MemberId } from "../wire/events.js";
import type { Epoch } from "./epoch.js";
import type { Received } from "./received.js";
import { RETURN_HOLD, RETURN_HOLD_FILLED, RETURN_HOLD_MAX } from "./timing.js";

interface Waiting {
  readonly received: Received;
  readonly epoch: Pick<Epoch, "number" | "progress">;
  readonly sender: number;
  readonly since: number;
  until: number;
}

/** Opened in the sender's epoch, at the sender's place in its roster. */
export type Arrival = Omit<Waiting, "since" | "until">;

/**
 * Opened messages on their way to the application, each sender's in the order of their numbers. While the link was down
 * messages may have passed that come again, as their senders learn of it. Those that arrive meanwhile wait for them, longer
 * as long as they come, though not for long: a number may be lost for good, and the relay can leave out what it likes.
 */
export class Arrivals {
  readonly #ready: Received[] = [];
  readonly #waiting = new Map<MemberId, Waiting[]>();
  #holdUntil = Number.NEGATIVE_INFINITY;

  /** The link is down. What comes from now on may come before the relay's word that it is back. */
  linkDown(): void {
    this.#holdUntil = Number.POSITIVE_INFINITY;
  }

  /** The link is back. */
  linkUp(now: number): void {
    this.#holdUntil = now + RETURN_HOLD;
    for (const waiting of [...this.#waiting.values()].flat())
      if (waiting.until === Number.POSITIVE_INFINITY) waiting.until = this.#holdUntil;
  }

  add(arrival: Arrival, now: number): void {
    const { from } = arrival.received.detail;
    const before = this.#waiting.get(from);
    if (before === undefined && (isNext(arrival) || now >= this.#holdUntil)) {
      this.#ready.push(arrival.received);
      return;
    }
    const others = before ?? [];
    const until = Math.max(this.#holdUntil, ...others.map((other) => other.until));
    const added = { ...arrival, since: now, until };
    for (const later of others) if (byNumber(added, later) < 0) waitOn(later, now);
    this.#waiting.set(from, [...others, added].sort(byNumber));
  }

  /** What is ready for the application since the last call, in order. */
  take(now: number): Received[] {
    for (const [from, waiting] of this.#waiting) {
      const last = waiting.findLastIndex(({ until }) => now >= until);
      const firstHeld = waiting.findIndex((arrival, index) => index > last && !isNext(arrival));
      const released = waiting.splice(0, firstHeld < 0 ? waiting.length : firstHeld);
      this.#ready.push(...released.map(({ received }) => received));
      if (waiting.length === 0) this.#waiting.delete(from);
    }
    return this.#ready.splice(0);
  }

  nextWake(): number | null {
    const next = Math.min(...[...this.#waiting.values()].flat().map(({ until }) => until));
    return Number.isFinite(next) ? next : null;
  }
}

/** What is missing before it comes, one after the other. */
function waitOn(waiting: Waiting, now: number): void {
  const until = Math.min(now + RETURN_HOLD_FILLED, waiting.since + RETURN_HOLD_MAX);
  waiting.until = Math.max(waiting.until, until);
}

/** Whether nothing is missing before it in its epoch. */
function isNext({ received, epoch, sender }: Arrival): boolean {
  return epoch.progress[sender] > received.detail.seq;
}

function byNumber(a: Waiting, b: Waiting): number {
  return a.epoch.number - b.epoch.number || a.received.detail.seq - b.received.detail.seq;
}
