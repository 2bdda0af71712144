import type { MemberId, RingPosition } from "@qsec2/sdk/wire";
import { RING_TOTAL } from "../limits.js";
import type { Seat } from "../rooms/registry.js";
import { Ring, type Passed } from "./ring.js";

/** What an entry takes beside its frame, bytes. */
const ENTRY_BYTES = 256;

export interface RingLimits {
  /** Events that one room's ring holds; 0: there are no rings. */
  readonly ring: number;
  /** KiB that one room's ring holds. */
  readonly ringSize: number;
}

type Place = Pick<Seat, "room" | "id">;

export interface RingStats {
  /** Sealed frames and notices that are held, of all rooms. */
  readonly frames: number;
  readonly bytes: number;
}

/** An event on its way. */
export interface Passing {
  readonly event: string;
  /** A fresh object: the number is put into it. */
  readonly header: object;
  readonly frame?: string;
}

export interface Entered {
  /** Where the room's ring stands, for a client that keeps count. */
  readonly position?: RingPosition;
  /** All that the member has missed, in order; undefined when that is not known. */
  readonly missed?: readonly Passed[];
}

/**
 * What was passed on lately in each room, so that a member whose link was down for a moment gets what it has missed. It is
 * in memory alone, has no key, and is bounded three times: for each room, for all rooms, and by the time after which no
 * seat can be taken back any more.
 */
export class Rings {
  readonly #rings = new Map<string, Ring>();
  readonly #limits: RingLimits;
  readonly #keep: number;
  readonly #total: number;
  readonly #now: () => number;
  #bytes = 0;

  /**
   * @param keep milliseconds after which nobody can come back for what was passed on
   * @param total bytes of all rings together
   * @param now milliseconds from any fixed moment, never going back
   */
  constructor(limits: RingLimits, keep: number, total = RING_TOTAL, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#keep = keep;
    this.#total = total;
    this.#now = now;
  }

  /**
   * A member has joined, or has taken its seat back.
   * @param claimed what its client says that it has; undefined for one that does not keep count
   */
  enter({ room, id }: Place, resumed: boolean, claimed: RingPosition | undefined): Entered {
    const ring = this.#rings.get(room) ?? new Ring();
    if (claimed === undefined || this.#limits.ring === 0) {
      ring.unfollow(id);
      return {};
    }
    this.#rings.set(room, ring);
    const missed = resumed ? ring.missedBy(id, claimed) : undefined;
    if (missed === undefined) ring.follow(id);
    return { position: ring.position, ...(missed ? { missed } : {}) };
  }

  /** The member is gone for good. */
  leave({ room, id }: Place): void {
    this.#rings.get(room)?.unfollow(id);
  }

  /** The room is gone. */
  close(room: string): void {
    this.#bytes -= this.#rings.get(room)?.bytes ?? 0;
    this.#rings.delete(room);
  }

  /** Whether what is for this member reaches it when it comes back. */
  holdsFor({ room, id }: Place): boolean {
    return this.#rings.get(room)?.isFollowedBy(id) === true;
  }

  /**
   * Numbers an event and holds it; where nobody keeps count it stays as it is.
   * @param from whom it does not go to
   * @param to the one member that it is for; undefined for all
   */
  add(room: string, passing: Passing, from: MemberId | undefined, to: MemberId | undefined): Passed {
    const ring = this.#rings.get(room);
    if (!ring?.hasFollowers) return passing;
    (passing.header as { n: number }).n = ring.next;
    const bytes = ENTRY_BYTES + (passing.frame?.length ?? JSON.stringify(passing.header).length);
    ring.hold({ passed: passing, from, to, bytes, at: this.#now() });
    this.#bytes += bytes;
    this.#makePlace(ring);
    return passing;
  }

  /** Lets go of what nobody can come back for. */
  expire(): void {
    const before = this.#now() - this.#keep;
    for (const ring of this.#rings.values()) while ((ring.oldest ?? Infinity) < before) this.#drop(ring);
  }

  get stats(): RingStats {
    let frames = 0;
    for (const ring of this.#rings.values()) frames += ring.frames;
    return { frames, bytes: this.#bytes };
  }

  #makePlace(ring: Ring): void {
    const { ring: frames, ringSize } = this.#limits;
    while (ring.frames > 0 && (ring.frames > frames || ring.bytes > ringSize * 1024 || this.#bytes > this.#total)) {
      this.#drop(ring);
    }
  }

  #drop(ring: Ring): void {
    this.#bytes -= ring.bytes;
    ring.drop();
    this.#bytes += ring.bytes;
  }
}
