import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";
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
import type { SentFrames } from "./sent-frames.js";

export interface SealedMessage {
  readonly frame: Uint8Array;
  readonly epoch: number;
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

/** Seals what this member says to the room. */
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

  /** Whether {@link seal} would seal now. */
  isReady(now: number): boolean {
    return isSecured(this.#state) && this.#freshness.isFresh(now);
  }

  /**
   * Seals a message of this member in the current epoch.
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

  /** Seals a control message and sends it. It says nothing that somebody who was removed must not read. */
  async control(control: Control, now: number): Promise<void> {
    this.#requireSecured();
    const body = encodeControl(control);
    const { frame } = await this.#seal(CONTENT_TYPE.control, body, now);
    body.fill(0);
    this.#state.effects.send({ event: "group_message", header: {}, frame });
  }

  async #seal(type: ContentType, body: Uint8Array, now: number): Promise<SealedMessage> {
    const epoch = this.#state.epochs.current!;
    const { frame, seq, kept } = await sealGroupMessage(epoch, this.#state.options.self.seed, { type, ms: now, body });
    // Application bytes travel on a way of the application's own: whether they arrived is its business.
    if (type !== CONTENT_TYPE.application) {
      this.#sent.add(epoch, seq, frame, now);
      this.#freshness.traffic(now, 2);
    }
    return { frame, epoch: epoch.number, seq, kept };
  }

  #requireSecured(): void {
    if (this.#state.epochs.current === null || !isSecured(this.#state)) throw notSecured();
  }
}

export function notSecured(): QsecError {
  return new QsecError("not_secured", "There is no room key with anybody yet: wait for secured() before sending.");
}
