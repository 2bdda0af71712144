import type { ExportedKey } from "../room/exporter.js";
import { CONTENT_TYPE } from "../room/group-message.js";
import type { Room } from "../room/room.js";
import { utf8 } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import type { SessionState } from "./events.js";
import { publish } from "./publish.js";
import { SpeakingSession } from "./speaking-session.js";

/** What an application does itself with the keys of a room. */
export abstract class SealingSession extends SpeakingSession {
  /**
   * Seals bytes of the application for everyone in the room, to be carried on a way of its own. Whether they arrive is the
   * application's business; what is said by {@link send} after bytes that did not is sent again like all else, yet not told as `delivered`.
   * @param data at most 65 455 bytes
   * @throws QsecError `not_secured`, `not_fresh`, `message_too_large`, `destroyed`
   */
  async encrypt(data: Uint8Array): Promise<Uint8Array> {
    return this.inRoom(async (room, now) => (await room.sealer.seal(CONTENT_TYPE.application, data, now)).frame);
  }

  /**
   * Opens what another member's {@link encrypt} returned. Each frame opens once.
   * @throws QsecError `REPLAY`, `EPOCH`, `DECRYPT`, `BAD_SIG`, … : nothing changes
   */
  async decrypt(frame: Uint8Array): Promise<{ from: MemberId; data: Uint8Array }> {
    return this.inRoom((room, now) => room.openApplicationFrame(frame, now));
  }

  /**
   * Seals bytes of the application for everyone in the room and has the relay pass them on: a cursor's place, a game's move.
   * Whoever is here gets them as the event `published`; they are neither kept nor sent again, so that who is away never does.
   * @param type what they are for, 1 to 64 of `A-Z a-z 0-9 . _ : -`. **The relay can read it**; the others know it from you
   * @param data 65 454 bytes at most, less the length of `type`
   * @throws QsecError `bad_request` for another type, `not_secured`, `not_fresh` (the leader of a new epoch has not answered yet), `message_too_large`,
   * `link_lost` (nothing is sealed while the link is down), `destroyed`, or the relay's refusal
   * @example
   * session.addEventListener("published", ({ detail }) => {
   *   if (detail.type === "cursor") move(detail.fromName, detail.data);
   * });
   * await session.publish("cursor", Uint8Array.of(12, 34));
   */
  publish(type: string, data: Uint8Array): Promise<void> {
    const host = {
      transport: this.plaintext.transport,
      isLinked: this.state !== "reconnecting",
      inRoom: <T>(task: (room: Room, now: number) => Promise<T>) => this.inRoom(task),
    };
    return publish(host, { type, data });
  }

  /**
   * A key for a use of the application's own, derived from the room's epoch: equal on all members that give the same
   * context and length while they hold the same epoch. The next epoch (`epoch` event) gives another key.
   * @param context says what the key is for; text is taken as UTF-8
   * @param length 1 to 8160 bytes
   * @throws QsecError `not_secured`, `bad_option`, `destroyed`
   */
  async exportKey(context: string | Uint8Array, length = 32): Promise<ExportedKey> {
    const bytes = typeof context === "string" ? utf8(context) : context;
    return this.inRoom((room) => Promise.resolve(room.exportKey(bytes, length)));
  }

  /** @ignore */
  abstract readonly state: SessionState;
  /** @ignore */
  protected abstract inRoom<T>(task: (room: Room, now: number) => Promise<T>): Promise<T>;
}
