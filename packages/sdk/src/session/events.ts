/** What a session tells its application: the events of {@link QsecSession}, by name. */
import type { HistoryGap, RoomEventMap } from "../room/events.js";
import type { QsecError } from "../wire/errors.js";
import type { RoomLogEntry } from "../wire/events.js";

/**
 * Life of a session.
 *
 * - `idle`: not connected yet
 * - `connecting`: opening the link to the relay and joining
 * - `waiting`: in the room, nobody else to share a key with yet
 * - `exchanging`: at least one BB84 run is under way and there is no room key with a peer yet
 * - `verifying`: (`verify`) the emoji of at least one peer wait for this person, and no room key is active
 * - `secured`: a room key shared with at least one peer is active; messages can be sent
 * - `reconnecting`: the link to the relay is down and being rebuilt
 * - `closed`: left or destroyed; a session does not come back from here
 */
export type SessionState =
  "idle" | "connecting" | "waiting" | "exchanging" | "verifying" | "secured" | "reconnecting" | "closed";

/** What a fetch of the history has brought. The messages themselves come as `message` and `chat`, with `fromHistory`. */
export interface HistoryDetail {
  /** How many messages and chat events were new. */
  readonly messages: number;
  /** How many frames were of epochs whose key this session does not have: from before its person came, say. */
  readonly unreadable: number;
  /** How many frames were refused: altered, or invented by anybody in the relay's room. The first 32 raised an alarm each. */
  readonly refused: number;
  /** Messages that exist and are not here: they are too old for the relay, or it withholds them. */
  readonly gaps: readonly HistoryGap[];
  /**
   * Numbers of the epochs that are over and that this session can read. Their last messages may be missing without a
   * trace: nobody answers for them any more.
   */
  readonly endedEpochs: readonly number[];
  /** False when the relay gave pages that lead nowhere, or without end. */
  readonly complete: boolean;
}

/** Event name → type of `event.detail`. */
export interface QsecSessionEventMap extends RoomEventMap {
  /** The session moved to another {@link SessionState}. */
  state: { readonly state: SessionState; readonly previous: SessionState };
  /** Lines of the relay's audit log of this room: what the relay says, untrusted. */
  "relay:log": { readonly entries: readonly RoomLogEntry[] };
  /** The session has caught up with what the relay has kept: after joining or coming back to a room with history. */
  history: HistoryDetail;
  /** Something failed that no call of yours waits for. */
  error: { readonly error: QsecError };
}
