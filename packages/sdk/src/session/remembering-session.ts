import type { RoomIdentity } from "../identity/room-identity.js";
import type { IdentityChange } from "../room/events.js";
import type { Recognition } from "../room/recognition.js";
import type { HistoryDetail } from "./events.js";
import type { SessionHistory } from "./history.js";
import { SealingSession } from "./sealing-session.js";

/** What a session has from before it came: who this device was and whom it met, and what was said. */
export abstract class RememberingSession extends SealingSession {
  /** Whether this device remembers who it is in this room, and whom it met. */
  get remembers(): boolean {
    return this.identity !== null;
  }

  /** Members whose key is not the one that this device knows under that name, and no person has answered yet. */
  get identityChanges(): readonly IdentityChange[] {
    return this.recognition.changes;
  }

  /**
   * Fetches what the relay has kept of a room with history and this session has not shown. The messages come as `message`
   * and `chat`, marked `fromHistory`, each once. A session does so by itself whenever it has joined.
   * @throws QsecError `bad_state` in a room without history, `link_lost`, `destroyed`, or the relay's refusal: `history_disabled`, …
   */
  fetchHistory(): Promise<HistoryDetail> {
    return this.history.fetch();
  }

  /**
   * Deletes the room keys that this device has kept of rooms of this name, and keeps none from now on. What was said stays
   * with the relay for its time, and with the other members.
   * @throws QsecError `store_failed`
   */
  forgetHistory(): Promise<void> {
    return this.history.forget();
  }

  /**
   * Leaves, and deletes what this device remembers of the room in this admission mode, with the room keys that
   * {@link forgetHistory} deletes. @throws QsecError `store_failed`
   */
  async forget(): Promise<void> {
    // Deleted first: from then on nothing is written any more.
    await Promise.all([this.identity?.forget(), this.history.forget(), this.leave()]);
  }

  /** Says goodbye to the room, and ends the session. */
  abstract leave(): Promise<void>;

  /** Writes down whom this member met; the room does not wait for it. @ignore */
  protected remember(problem: (error: unknown) => void): void {
    const pins = this.recognition.take();
    if (pins !== null) this.identity?.keep(pins).catch(problem);
  }

  /** @ignore */
  protected abstract readonly identity: RoomIdentity | null;
  /** @ignore */
  protected abstract readonly recognition: Recognition;
  /** @ignore */
  protected abstract readonly history: SessionHistory;
}
