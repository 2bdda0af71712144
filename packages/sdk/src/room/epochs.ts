import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { rosterIndex } from "./epoch-commit.js";
import type { Epoch } from "./epoch.js";
import { decodeGroupFrame, openGroupMessage, type GroupHeader, type OpenedMessage } from "./group-message.js";
import { PREVIOUS_EPOCH, UNKNOWN_EPOCH, UNKNOWN_EPOCH_FRAMES } from "./timing.js";

export interface Opened {
  readonly epoch: Epoch;
  readonly message: OpenedMessage;
}

/** The epoch that this member seals in, the one before it, and frames of one that has not come yet. */
export class Epochs {
  #current: Epoch | null = null;
  #previous: { epoch: Epoch; until: number } | null = null;
  #early: { header: GroupHeader; until: number }[] = [];

  get current(): Epoch | null {
    return this.#current;
  }

  get previous(): Epoch | null {
    return this.#previous?.epoch ?? null;
  }

  /** Makes `next` the sending epoch at once; the old one stays readable for late frames. */
  switchTo(next: Epoch, now: number): void {
    this.#previous?.epoch.wipe();
    this.#previous = this.#current === null ? null : { epoch: this.#current, until: now + PREVIOUS_EPOCH };
    this.#current = next;
  }

  /** Opens a frame, or keeps it for the epoch to come and returns null. Throws what refuses the frame. */
  async open(frame: Uint8Array, now: number): Promise<Opened | null> {
    const header = decodeGroupFrame(frame);
    const epoch = this.find(header, now);
    if (epoch !== null) return { epoch, message: await openGroupMessage(epoch, header) };
    if (this.#early.length >= UNKNOWN_EPOCH_FRAMES) throw unknownEpoch();
    this.#early.push({ header, until: now + UNKNOWN_EPOCH });
    return null;
  }

  /** The epoch of a frame, or null if it is not known. @throws QsecError `EPOCH` when it is over for this sender */
  find(header: GroupHeader, now: number): Epoch | null {
    if (this.#current !== null && equalBytes(header.kid, this.#current.kid)) return this.#current;
    const previous = this.#previous;
    if (previous === null || !equalBytes(header.kid, previous.epoch.kid)) return null;
    const sender = previous.epoch.commit.roster[header.sender];
    const stays =
      sender !== undefined && this.#current !== null && rosterIndex(this.#current.commit.roster, sender.id) >= 0;
    if (now >= previous.until || !stays)
      throw new QsecError("EPOCH", "A message is of an epoch that is over, or from a member who left.");
    return previous.epoch;
  }

  /** Takes the early frames that the current epoch can open now, in the order they came. */
  takeEarly(): GroupHeader[] {
    const kid = this.#current?.kid;
    if (kid === undefined) return [];
    const ready = this.#early.filter(({ header }) => equalBytes(header.kid, kid));
    this.#early = this.#early.filter((entry) => !ready.includes(entry));
    return ready.map(({ header }) => header);
  }

  /** Drops what is too old; returns one error for each frame whose epoch never came. */
  expire(now: number): QsecError[] {
    if (this.#previous !== null && now >= this.#previous.until) {
      this.#previous.epoch.wipe();
      this.#previous = null;
    }
    const before = this.#early.length;
    this.#early = this.#early.filter(({ until }) => now < until);
    return Array.from({ length: before - this.#early.length }, unknownEpoch);
  }

  nextWake(): number | null {
    const times = this.#early.map(({ until }) => until);
    if (this.#previous !== null) times.push(this.#previous.until);
    return times.length === 0 ? null : Math.min(...times);
  }

  wipe(): void {
    this.#current?.wipe();
    this.#previous?.epoch.wipe();
    this.#current = this.#previous = null;
    this.#early = [];
  }
}

function unknownEpoch(): QsecError {
  return new QsecError("EPOCH", "A message is of an epoch that this member does not have.");
}
