import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { NotedError } from "./alarm.js";
import { rosterIndex } from "./epoch-commit.js";
import type { Epoch } from "./epoch.js";
import { decodeGroupFrame, openGroupMessage, type GroupHeader, type OpenedMessage } from "./group-message.js";
import { PREVIOUS_EPOCH, UNKNOWN_EPOCH, UNKNOWN_EPOCH_FRAMES } from "./timing.js";

export interface Opened {
  readonly epoch: Epoch;
  readonly message: OpenedMessage;
}

interface Replaced {
  readonly epoch: Epoch;
  readonly until: number;
}

/** A frame of an epoch that is not known yet. */
interface Early {
  readonly header: GroupHeader;
  readonly until: number;
  readonly refusal: QsecError;
}

/** So many members may come and go within a minute before late messages of the first epoch are lost. */
const REPLACED_MAX = 16;

/** The epoch that this member seals in, those it has replaced lately, and frames of one that has not come yet. */
export class Epochs {
  #current: Epoch | null = null;
  /** The newest first. */
  #replaced: Replaced[] = [];
  #early: Early[] = [];

  get current(): Epoch | null {
    return this.#current;
  }

  get previous(): Epoch | null {
    return this.#replaced[0]?.epoch ?? null;
  }

  /** Whether frames of that epoch can still be read. */
  holds(number: number): boolean {
    return this.numbered(number) !== null;
  }

  /** The newest epoch with this number whose frames can still be read. */
  numbered(number: number): Epoch | null {
    if (this.#current?.number === number) return this.#current;
    return this.#replaced.find(({ epoch }) => epoch.number === number)?.epoch ?? null;
  }

  /** The epoch with this hash, while its frames can still be read as they come. */
  holding(hash: Uint8Array): Epoch | null {
    const held = [this.#current, ...this.#replaced.map(({ epoch }) => epoch)];
    return held.find((epoch) => epoch !== null && equalBytes(epoch.hash, hash)) ?? null;
  }

  /** Makes `next` the sending epoch at once; the old one stays readable for late frames. */
  switchTo(next: Epoch, now: number): void {
    if (this.#current !== null) this.#replaced.unshift({ epoch: this.#current, until: now + PREVIOUS_EPOCH });
    for (const { epoch } of this.#replaced.splice(REPLACED_MAX)) epoch.wipe();
    this.#current = next;
  }

  /** Opens a frame, or keeps it for the epoch to come and returns null. Throws what refuses the frame. */
  async open(frame: Uint8Array, now: number): Promise<Opened | null> {
    const header = decodeGroupFrame(frame);
    const epoch = this.find(header, now);
    if (epoch !== null) return { epoch, message: await openGroupMessage(epoch, header) };
    this.wait(header, now);
    return null;
  }

  /** Keeps a frame for the epoch to come. @throws QsecError `EPOCH` when too many wait */
  wait(header: GroupHeader, now: number): void {
    const refusal = this.#unknownEpoch();
    if (this.#early.length >= UNKNOWN_EPOCH_FRAMES) throw refusal;
    this.#early.push({ header, until: now + UNKNOWN_EPOCH, refusal });
  }

  /** The epoch of a frame, or null if it is not known. @throws QsecError `EPOCH` when it is over for this sender */
  find(header: GroupHeader, now: number): Epoch | null {
    if (this.#current !== null && equalBytes(header.kid, this.#current.kid)) return this.#current;
    const replaced = this.#replaced.find(({ epoch }) => equalBytes(header.kid, epoch.kid));
    if (replaced === undefined) return null;
    const sender = replaced.epoch.commit.roster[header.sender];
    const stays =
      sender !== undefined && this.#current !== null && rosterIndex(this.#current.commit.roster, sender.id) >= 0;
    if (now >= replaced.until) throw new QsecError("EPOCH", "A message is of an epoch that is over.");
    // A goodbye, or what somebody said before they learnt that they were out, arrives just after the epoch without them.
    if (!stays) throw new NotedError("EPOCH", "A message came from somebody who is no longer a member.");
    return replaced.epoch;
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
    for (const { epoch, until } of this.#replaced) if (now >= until) epoch.wipe();
    this.#replaced = this.#replaced.filter(({ until }) => now < until);
    const over = this.#early.filter(({ until }) => now >= until);
    this.#early = this.#early.filter((entry) => !over.includes(entry));
    return over.map(({ refusal }) => refusal);
  }

  nextWake(): number | null {
    const times = this.#early.map(({ until }) => until);
    times.push(...this.#replaced.map(({ until }) => until));
    return times.length === 0 ? null : Math.min(...times);
  }

  wipe(): void {
    this.#current?.wipe();
    for (const { epoch } of this.#replaced) epoch.wipe();
    this.#current = null;
    this.#replaced = [];
    this.#early = [];
  }

  #unknownEpoch(): QsecError {
    if (this.#current === null)
      return new NotedError("EPOCH", "A message is of an epoch before this member was let in.");
    return new QsecError("EPOCH", "A message is of an epoch that this member does not have.");
  }
}
