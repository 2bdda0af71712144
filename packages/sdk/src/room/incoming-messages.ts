import { decodeManifest } from "../attachments/manifest.js";
import { decodeChatEvent, type ChatEvent } from "../chat/chat-event.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import type { Opened } from "./epochs.js";
import type { Epoch } from "./epoch.js";
import type { ChatDetail, MessageDetail } from "./events.js";
import type { Freshness } from "./freshness.js";
import { CONTENT_TYPE, decodeControl, decodeText, openGroupMessage, type Control } from "./group-message.js";
import type { Leadership } from "./leadership.js";
import { refusing } from "./refusing.js";
import { isLeading, type RoomState } from "./room-state.js";
import type { Rotation } from "./rotation.js";
import type { Succession } from "./succession.js";
import { entryPeer } from "./views.js";

/** What a message is for the application. */
export type Received =
  { readonly name: "message"; readonly detail: MessageDetail } | { readonly name: "chat"; readonly detail: ChatDetail };

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
  #received: Received[] = [];

  constructor({ state, succession, leadership, rotation, freshness }: MessageParts) {
    this.#state = state;
    this.#succession = succession;
    this.#leadership = leadership;
    this.#rotation = rotation;
    this.#freshness = freshness;
  }

  /** What was opened since the last call, in order. */
  take(): Received[] {
    const taken = this.#received;
    this.#received = [];
    return taken;
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
        this.#deliver({ epoch, message: await openGroupMessage(epoch, header) }, now);
      });
    }
  }

  #deliver({ epoch, message }: Opened, now: number): void {
    const from = entryPeer(epoch.commit.roster[message.sender]);
    this.#freshness.traffic(now, 1);
    if (message.type === CONTENT_TYPE.control) {
      this.#obey(epoch, epoch.commit.roster[message.sender].id, decodeControl(message.body), now);
      return;
    }
    const { type, body, ms: sentAt, seq, sender } = message;
    const said = { from: from.id, fromName: from.name, own: false, sentAt, epoch: epoch.number, seq };
    if (type === CONTENT_TYPE.text) this.#message({ ...said, text: decodeText(body) });
    else if (type === CONTENT_TYPE.file) this.#message({ ...said, text: "", file: decodeManifest(body) });
    else if (type === CONTENT_TYPE.event) this.#event(said, decodeChatEvent(body, from.id), sender === 0);
    // Application bytes on the room's own way have no reader here.
  }

  #message(message: MessageDetail): void {
    this.#state.effects.report({ event: "msg_decrypted", header: { iv: 12 } });
    this.#received.push({ name: "message", detail: message });
  }

  #event(said: Omit<ChatDetail, "event">, event: ChatEvent | null, byLeader: boolean): void {
    if (event === null) return; // an operation of a later version
    if (event.op === "reply") return this.#message({ ...said, text: event.text, replyTo: event.ref });
    if (event.op === "expire" && event.ref === undefined && !byLeader)
      throw new QsecError("NOT_LEADER", "A member that does not lead this room decided how long its messages stay.");
    this.#received.push({ name: "chat", detail: { ...said, event } });
  }

  #obey(epoch: Epoch, from: Uint8Array, control: Control, now: number): void {
    const { current } = this.#state.epochs;
    const fromLeader = current !== null && equalBytes(from, current.leader.id);
    if (control.op !== "bye") {
      // What an earlier epoch's leader said about the room is settled by the epoch after it.
      if (!fromLeader || epoch !== current) {
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
