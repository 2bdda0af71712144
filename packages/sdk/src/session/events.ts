/** What a session tells its application: the events of {@link QsecSession}, by name. */
import type { RoomEventMap } from "../room/events.js";
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

/** Event name → type of `event.detail`. */
export interface QsecSessionEventMap extends RoomEventMap {
  /** The session moved to another {@link SessionState}. */
  state: { readonly state: SessionState; readonly previous: SessionState };
  /** Lines of the relay's audit log of this room: what the relay says, untrusted. */
  "relay:log": { readonly entries: readonly RoomLogEntry[] };
  /** Something failed that no call of yours waits for. */
  error: { readonly error: QsecError };
}
