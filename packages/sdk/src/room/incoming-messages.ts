import { wipe } from "../crypto/wipe.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { Arrivals } from "./arrivals.js";
import type { Opened } from "./epochs.js";
import type { Epoch } from "./epoch.js";
import type { Freshness } from "./freshness.js";
import { CONTENT_TYPE, decodeControl, openGroupMessage, wipeControl, type Control } from "./group-message.js";
import type { Leadership } from "./leadership.js";
import { showPublished } from "./incoming-published.js";
import { receivedFrom } from "./received.js";
import { refusing } from "./refusing.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { Rotation } from "./rotation.js";
import type { Succession } from "./succession.js";

export interface MessageParts {
  readonly state: RoomState;
  readonly succession: Succession;
  readonly leadership: Leadership;
  readonly rotation: Rotation;
  readonly freshness: Freshness;
}

/** Messages to the room: texts for the application, and what members tell each other about the room itself. */
export class IncomingMessages {
  readonly #state: RoomState;
  readonly #succession: Succession;
  readonly #leadership: Leadership;
  readonly #rotation: Rotation;
  readonly #freshness: Freshness;
  /** What is opened, on its way to the application. */
  readonly arrivals = new Arrivals();

  constructor({ state, succession, leadership, rotation, freshness }: MessageParts) {
    this.#state = state;
    this.#succession = succession;
    this.#leadership = leadership;
    this.#rotation = rotation;
    this.#freshness = freshness;
  }

  /** @throws QsecError for what is refused: no Chain has moved */
  async receive(frame: Uint8Array, now: number): Promise<void> {
    const opened = await this.#state.epochs.open(frame, now);
    if (opened !== null) this.#deliver(opened, now);
  }

  /** Opens what came before its epoch did. */
  async openEarly(now: number): Promise<void> {
    const { epochs, effects } = this.#state;
    for (const header of epochs.takeEarly()) {
      await refusing(effects, null, async () => {
        const epoch = epochs.current!;
        if (header.claimed !== undefined) return showPublished(effects, epoch, header);
        this.#deliver({ epoch, message: await openGroupMessage(epoch, header) }, now);
      });
    }
  }

  #deliver({ epoch, message }: Opened, now: number): void {
    this.#freshness.traffic(now, 1);
    if (message.type === CONTENT_TYPE.control) {
      const control = decodeControl(message.body);
      wipe(message.body);
      this.#obey(epoch, epoch.commit.roster[message.sender].id, control, now);
      return;
    }
    const received = receivedFrom(epoch.commit, message, this.#state.options.self.id);
    const isNew = this.#state.marks.mark(epoch, message);
    if (received === null || !isNew) return;
    if (received.name === "message") this.#state.effects.report({ event: "msg_decrypted", header: { iv: 12 } });
    this.arrivals.add({ received, epoch, sender: message.sender }, now);
  }

  #obey(epoch: Epoch, from: Uint8Array, control: Control, now: number): void {
    const { current } = this.#state.epochs;
    const fromLeader = current !== null && equalBytes(from, current.leader.id);
    if (control.op !== "bye") {
      // What an earlier epoch's leader said about the room is settled by the epoch after it.
      if (!fromLeader || epoch !== current) {
        wipeControl(control);
        throw new QsecError("NOT_LEADER", "A member that does not lead this room gave an order of the leader's.");
      }
      if (control.op === "yield") this.#succession.yielded(control.id, now);
      else this.#rotation.obey(control.secret, now);
      return;
    }
    if (isLeading(this.#state)) this.#leadership.remove(from, now);
    const peer = this.#state.presence.ensure(toBase64url(from), now);
    if (peer === null) return;
    // Who says goodbye is not called again, whatever the relay's list says until it knows.
    peer.departed = true;
    peer.online = false;
    peer.offlineSince ??= now;
  }
}
