/** Who is typing (protocol §8, `typing`): told rarely, and forgotten soon, so that a lost "stopped" does no harm. */
import type { MemberId } from "../wire/events.js";

/** At most one `typing` event goes out in this many milliseconds. */
export const TYPING_PAUSE = 3_000;
/** What a member said of its typing holds for this many milliseconds. */
export const TYPING_LIFETIME = 6_000;

/** Decides which of this side's typing events are sent. */
export class OutgoingTyping {
  #sentAt = -Infinity;
  #told = false;

  /**
   * @param now milliseconds of any clock that does not go back
   * @returns whether to send the event now. One that is held back is not made up for: while the person types on, the
   * next call tells it, and "stopped" shows by itself when the receivers' time is over.
   */
  take(on: boolean, now: number): boolean {
    if (now - this.#sentAt < TYPING_PAUSE) return false;
    // "Stopped" is news only to those who still show "typing".
    if (!on && (!this.#told || now - this.#sentAt >= TYPING_LIFETIME)) return false;
    this.#sentAt = now;
    this.#told = on;
    return true;
  }

  /** A message went out, which ends the typing for its receivers: there is nothing to take back. */
  sentMessage(): void {
    this.#told = false;
  }
}

/** Who is typing, by what the others said. */
export class IncomingTyping {
  readonly #until = new Map<MemberId, number>();

  /**
   * @param now milliseconds, as in {@link IncomingTyping.members}
   * @returns whether the list of who is typing changed
   */
  receive(member: MemberId, on: boolean, now: number): boolean {
    if (!on) return this.clear(member, now);
    const isNew = !this.#isTyping(member, now);
    this.#until.set(member, now + TYPING_LIFETIME);
    return isNew;
  }

  /**
   * The member sent a message or left the room.
   * @returns whether it was shown as typing
   */
  clear(member: MemberId, now: number): boolean {
    const was = this.#isTyping(member, now);
    this.#until.delete(member);
    return was;
  }

  /** Who is typing now, whoever began first in front. */
  members(now: number): readonly MemberId[] {
    for (const [member, until] of this.#until) if (until <= now) this.#until.delete(member);
    return [...this.#until.keys()];
  }

  /** When the list changes next by itself; null while nobody types. */
  get nextChange(): number | null {
    return this.#until.size === 0 ? null : Math.min(...this.#until.values());
  }

  #isTyping(member: MemberId, now: number): boolean {
    return (this.#until.get(member) ?? -Infinity) > now;
  }
}
