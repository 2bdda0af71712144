import { wipe } from "../crypto/wipe.js";
import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
import { alarm } from "./alarm.js";
import type { Freshness } from "./freshness.js";
import {
  CONTENT_TYPE,
  encodeControl,
  sealGroupMessage,
  type ContentType,
  type Control,
  type Kept,
} from "./group-message.js";
import { isLeading, type RoomState } from "./room-state.js";
import { lostIn, type SentFrames } from "./sent-frames.js";

export interface SealedMessage {
  readonly frame: Uint8Array;
  readonly epoch: number;
  /** h of that epoch, 32 bytes */
  readonly hash: Uint8Array;
  readonly seq: number;
  /** What it says of its place in the history; null where there is none. */
  readonly kept: Kept | null;
}

/** Whether a room key is shared with at least one other member: a leader asks for somebody who has opened it. */
export function isSecured(state: RoomState): boolean {
  const others = state.epochs.current?.commit.roster.slice(1) ?? [];
  if (!isLeading(state)) return others.length > 0;
  return others.some(({ id }) => {
    const peer = state.presence.get(toBase64url(id));
    return peer?.pairing?.active === true || peer?.former?.active === true;
  });
}

/** Seals what this member says to the room, and sees to it that what the relay has taken arrives. */
export class Sealer {
  readonly #state: RoomState;
  readonly #freshness: Freshness;
  readonly #sent: SentFrames;

  constructor(state: RoomState, freshness: Freshness, sent: SentFrames) {
    this.#state = state;
    this.#freshness = freshness;
    this.#sent = sent;
  }

  /** Whether a room key is shared with somebody. */
  get isSecured(): boolean {
    return isSecured(this.#state);
  }

  /**
   * Whether the next message may be sealed now: there is a room key, its leader has confirmed the roster lately, and of
   * those before it no more are unconfirmed than everybody can still open.
   */
  isReady(now: number): boolean {
    if (!isSecured(this.#state) || !this.#freshness.isFresh(now)) return false;
    return !this.#sent.holdsBack(this.#state.epochs.current!, now);
  }

  /**
   * Seals a message of this member in the current epoch. The caller sends the frame, and says so by {@link taken}.
   * @throws QsecError `not_secured`, `not_fresh` (the leader has not confirmed the roster lately), `message_too_large`
   */
  async seal(type: ContentType, body: Uint8Array, now: number): Promise<SealedMessage> {
    this.#requireSecured();
    if (!this.#freshness.isFresh(now))
      throw new QsecError(
        "not_fresh",
        "The room's leader has not answered lately, so nothing is sealed until it does.",
      );
    return this.#seal(type, body, now);
  }

  /**
   * The relay has taken a message: it is sent again until everybody is known to have it. Before that it must not be, as one
   * that the relay refuses counts as never said, and its sender may say it once more.
   */
  taken(sealed: SealedMessage, now: number): void {
    this.#taken(sealed, true, now);
  }

  /** Seals a control message and sends it. It says nothing that somebody who was removed must not read. */
  async control(control: Control, now: number): Promise<void> {
    this.#requireSecured();
    const body = encodeControl(control);
    const sealed = await this.#seal(CONTENT_TYPE.control, body, now).finally(() => wipe(body));
    this.#taken(sealed, false, now);
    this.#state.effects.send({ event: "group_message", header: {}, frame: sealed.frame });
  }

  async #seal(type: ContentType, body: Uint8Array, now: number): Promise<SealedMessage> {
    const epoch = this.#state.epochs.current!;
    const { frame, seq, kept } = await sealGroupMessage(epoch, this.#state.options.self.seed, { type, ms: now, body });
    // Application bytes travel on a way of the application's own: whether they arrived is its business.
    // So does what is published: it is passed on once, and whoever is away then never has it.
    if (type === CONTENT_TYPE.application || type === CONTENT_TYPE.published) this.#sent.addApart(epoch, seq);
    return { frame, epoch: epoch.number, hash: epoch.hash, seq, kept };
  }

  #taken({ hash, epoch: number, seq, frame }: SealedMessage, isSaid: boolean, now: number): void {
    const epoch = this.#state.epochs.holding(hash);
    // A relay that answers so late may have kept it from everybody until nobody could open it any more.
    if (epoch === null) return void (isSaid && alarm(this.#state.effects, null, lostIn(number)));
    this.#sent.add(epoch, { seq, frame }, isSaid, now);
    this.#freshness.traffic(now, 2);
  }

  #requireSecured(): void {
    if (this.#state.epochs.current === null || !isSecured(this.#state)) throw notSecured();
  }
}

export function notSecured(): QsecError {
  return new QsecError("not_secured", "There is no room key with anybody yet: wait for secured() before sending.");
}
