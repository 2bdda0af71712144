import { randomBytes } from "node:crypto";
import type { MemberId, RingPosition } from "@qsec2/sdk/wire";

/** An event as it is passed on, with its number in the header. */
export interface Passed {
  readonly event: string;
  readonly header: object;
  readonly frame?: string | undefined;
}

interface Held {
  readonly passed: Passed;
  /** The one member that it is for; undefined: everybody but `from`. */
  readonly to: MemberId | undefined;
  readonly from: MemberId | undefined;
  readonly bytes: number;
  /** Milliseconds of the relay's clock. */
  readonly at: number;
}

/** What the relay has last passed to the members of one room, numbered without a gap from 1. */
export class Ring {
  /** Another one each time that a room is opened, so that no number of an earlier ring is taken for one of this. */
  readonly #epoch = randomBytes(12).toString("base64url");
  /** Whose clients keep count, and the number after which each of them became a member. */
  readonly #followers = new Map<MemberId, number>();
  readonly #held: Held[] = [];
  #bytes = 0;
  #last = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get frames(): number {
    return this.#held.length;
  }

  /** When the oldest one was passed on; undefined for none. */
  get oldest(): number | undefined {
    return this.#held[0]?.at;
  }

  get position(): RingPosition {
    return { epoch: this.#epoch, seq: this.#last };
  }

  get hasFollowers(): boolean {
    return this.#followers.size > 0;
  }

  isFollowedBy(id: MemberId): boolean {
    return this.#followers.has(id);
  }

  /** A member whose client keeps count begins here. */
  follow(id: MemberId): void {
    this.#followers.set(id, this.#last);
  }

  unfollow(id: MemberId): void {
    this.#followers.delete(id);
  }

  /** What a follower has missed since a position; undefined when that is not known any more. */
  missedBy(id: MemberId, { epoch, seq }: RingPosition): readonly Passed[] | undefined {
    const joinedAt = this.#followers.get(id);
    const gone = this.#last - this.#held.length;
    if (joinedAt === undefined || epoch !== this.#epoch || seq < joinedAt || seq < gone || seq > this.#last) {
      return undefined;
    }
    return this.#held
      .slice(seq - gone)
      .filter(({ to, from }) => (to === undefined ? from !== id : to === id))
      .map(({ passed }) => passed);
  }

  /** The number that what is held next will have. */
  get next(): number {
    return this.#last + 1;
  }

  hold(held: Held): void {
    this.#held.push(held);
    this.#bytes += held.bytes;
    this.#last++;
  }

  /** Lets go of the oldest one. */
  drop(): void {
    this.#bytes -= this.#held.shift()?.bytes ?? 0;
  }
}
