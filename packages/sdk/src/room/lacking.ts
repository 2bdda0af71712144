import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import { alarm } from "./alarm.js";
import type { Epoch } from "./epoch.js";
import type { RoomState } from "./room-state.js";
import { MISSED_AFTER } from "./timing.js";

/** Messages of one sender in one epoch that this member is known to lack. */
interface Lack {
  readonly epoch: Epoch;
  /** The sender's place in the roster. */
  readonly index: number;
  /** The lowest sequence number that the leader lacks too. */
  upTo: number;
  readonly since: number;
  isTold: boolean;
}

/** What the leader has and this member lacks: it still counts when the epoch in which it was said is replaced. */
export class Lacking {
  readonly #state: RoomState;
  #lacks: Lack[] = [];

  constructor(state: RoomState) {
    this.#state = state;
  }

  /** @param next how far the leader has come in this epoch, per roster index */
  compare(epoch: Epoch, next: readonly number[], now: number): void {
    const { progress, ownIndex } = epoch;
    next.forEach((upTo, index) => {
      if (index === ownIndex || upTo <= progress[index]) return;
      const known = this.#lacks.find((lack) => lack.epoch === epoch && lack.index === index);
      if (known === undefined) this.#lacks.push({ epoch, index, upTo, since: now, isTold: false });
      else known.upTo = Math.max(known.upTo, upTo);
    });
  }

  /** Whether something of this epoch is lacking still. */
  has(epoch: Epoch): boolean {
    return this.#lacks.some((lack) => lack.epoch === epoch && isOpen(lack));
  }

  /** Says what does not come, once for each sender and epoch: after a while, or when nothing more can come. */
  warn(now: number): void {
    this.#lacks = this.#lacks.filter((lack) => lack.isTold || !this.#isHeld(lack) || isOpen(lack));
    for (const lack of this.#lacks) {
      if (lack.isTold || (this.#isHeld(lack) && now < lack.since + MISSED_AFTER)) continue;
      lack.isTold = true;
      const { id, name } = lack.epoch.commit.roster[lack.index];
      const text = `Messages of ${name} have not arrived here, though others have them.`;
      alarm(this.#state.effects, this.#state.presence.get(toBase64url(id)) ?? null, new QsecError("MISSED", text));
    }
    this.#lacks = this.#lacks.filter((lack) => this.#isHeld(lack));
  }

  nextWake(): number | null {
    const times = this.#lacks.flatMap(({ isTold, since }) => (isTold ? [] : [since + MISSED_AFTER]));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Whether it could still come. */
  #isHeld({ epoch }: Lack): boolean {
    return this.#state.epochs.holding(epoch.hash) !== null;
  }
}

function isOpen({ epoch, index, upTo }: Lack): boolean {
  return epoch.progress[index] < upTo;
}
