/**
 * Every stable error code of QSEC2. A code never changes its meaning; new ones may be added.
 *
 * - upper case: a step of the protocol was refused (see `docs/protocol.md`)
 * - lower case: a wrong use of the API, or an answer of the relay
 */
export type QsecErrorCode = ProtocolErrorCode | UsageErrorCode | RelayErrorCode;

/** Why a frame or a step of the protocol was refused. The first nineteen can be sent to the peer as an ABORT. */
export const PROTOCOL_ERROR_CODES = [
  "VERSION",
  "MODE",
  "STALE",
  "DECRYPT",
  "BAD_SIG",
  "BAD_COMMIT",
  "QBER",
  "INSUFFICIENT",
  "RECONCILE",
  "TIMEOUT",
  "OUTRANKED",
  "ROOM_FULL",
  "REJECTED",
  "QKD",
  "DECODE",
  "NOT_MEMBER",
  "PROFILE",
  "NOT_LEADER",
  "SIFT",
  "KIND",
  "STATE",
  "SID",
  "SELF",
  "EPOCH",
  "REPLAY",
  "GAP",
  "GATE",
  "PADDING",
  "ROLLBACK",
  "KEY_COMMIT",
  "ROOM",
  "DUPLICATE",
  "NAME",
  "SENDER",
  "NOT_OWN",
  "UNREACHABLE",
  "MISSED",
  "PLAINTEXT",
  "TRUNCATED",
  "TRAILING",
  "CHANGED",
  "HISTORY",
] as const;
/**
 * Why something of the protocol was refused (`docs/protocol.md`, 5.7). What a program may want to tell apart:
 *
 * - `QBER`: 11 % of the compared bits, or more, were wrong
 * - `INSUFFICIENT`, `RECONCILE`, `SIFT`: the simulated channel left too little for a key
 * - `TIMEOUT`: the other side, or a person, did not answer in time
 * - `REJECTED`: a person said that the emoji differ, or did not let somebody in
 * - `MODE`, `VERSION`, `PROFILE`: the two clients are set up, or made, differently
 * - `QKD`: a key of quantum hardware was asked for and is not there
 * - `DECRYPT`, `BAD_SIG`, `BAD_COMMIT`, `KEY_COMMIT`: something was altered, or made by somebody without the key
 * - `REPLAY`, `DUPLICATE`, `STALE`, `EPOCH`, `SID`, `GAP`: something came again, late, or out of turn
 * - `MISSED`: something has not arrived here, or not at everybody
 * - `UNREACHABLE`: the leader does not answer
 * - `CHANGED`: a name came with another key than this device knows
 * - `NOT_OWN`: only the sender may edit, delete or let a message expire
 * - `PLAINTEXT`: something came that is not encrypted
 * - `TRUNCATED`, `TRAILING`, `PADDING`: a file is not as its message says
 */
export type ProtocolErrorCode = (typeof PROTOCOL_ERROR_CODES)[number];

/**
 * The application used the SDK in a way that cannot work, or the device or the network does not let it; the message says
 * what to do instead.
 *
 * - `bad_option`, `bad_secret`: an option or an argument; the message names it
 * - `bad_state`: not at this point, or not twice
 * - `not_secured`: nobody shares a room key yet; wait for `secured()`
 * - `not_fresh`: the leader has not confirmed the list of members within the last minute
 * - `not_leader`: only the leader may
 * - `message_too_large`: more bytes than a message may have
 * - `insecure_context`: the page came neither over HTTPS nor from `localhost`
 * - `destroyed`: the session is over; make a new one
 * - `aborted`: the caller's `signal` has fired
 * - `timeout`: no answer in time; nobody knows whether it arrived
 * - `connection_failed`: the relay cannot be reached, or refuses the page's origin
 * - `link_lost`: the link dropped before the answer
 * - `unknown_peer`: no member with this id, or none that this can be done with
 * - `peer_offline`: the member's link is down
 * - `file_changed`, `file_unreadable`: the file is not the one that was chosen any more, or cannot be read
 * - `identity_in_use`: another session of this device has the room (`remember`)
 * - `weaker_admission`: this device has joined the room in a stricter way before (`remember`)
 * - `store_failed`: this device could not read or keep what is to be remembered
 */
export type UsageErrorCode =
  | "bad_option"
  | "bad_secret"
  | "bad_state"
  | "not_secured"
  | "not_fresh"
  | "not_leader"
  | "message_too_large"
  | "insecure_context"
  | "destroyed"
  | "aborted"
  | "timeout"
  | "connection_failed"
  | "link_lost"
  | "unknown_peer"
  | "peer_offline"
  | "file_changed"
  | "file_unreadable"
  | "identity_in_use"
  | "weaker_admission"
  | "store_failed";

/** What the relay answers when it refuses something. The list is the relay's public contract. */
export const RELAY_ERROR_CODES = [
  "bad_request",
  "bad_room",
  "bad_username",
  "bad_id",
  "bad_expected",
  "unsupported_version",
  "unknown_event",
  "not_joined",
  "already_joined",
  "room_full",
  "room_limit",
  "name_taken",
  "id_taken",
  "unknown_member",
  "frame_malformed",
  "frame_too_large",
  "rate_limited",
  "plaintext_disabled",
  "not_supported",
  "unknown_blob",
  "file_too_large",
  "quota_exceeded",
  "history_disabled",
  "draining",
  "join_timeout",
  "idle_timeout",
  "internal",
] as const;
/**
 * Why the relay has refused something.
 *
 * - `bad_request`, `bad_room`, `bad_username`, `bad_id`, `bad_expected`: a field is missing, or not as it must be
 * - `unsupported_version`, `unknown_event`, `not_supported`: client and relay are of different versions, or the relay lacks it
 * - `not_joined`, `already_joined`: not in a room, or in one
 * - `room_full`: as many are in as the first one chose, or as the relay allows
 * - `room_limit`: the relay has as many rooms as it may have
 * - `name_taken`: somebody in the room has this name, or one that looks the same
 * - `id_taken`: somebody in the room has this id
 * - `unknown_member`: no such member, or its link is down
 * - `frame_malformed`, `frame_too_large`: a frame is not what the event is for
 * - `rate_limited`: too much in too short a time; the message says how much is allowed
 * - `plaintext_disabled`: the operator, or a member, takes no message that is not encrypted
 * - `unknown_blob`: the relay has no such file (any more)
 * - `file_too_large`, `quota_exceeded`: more than the operator's limits for one file, for a room, or in all
 * - `history_disabled`: the relay keeps no messages
 * - `draining`: the relay is stopping, or cannot pass anything on; try again in a moment
 * - `join_timeout`, `idle_timeout`: the socket was in no room, or said nothing, for too long
 * - `internal`: a fault of the relay
 */
export type RelayErrorCode = (typeof RELAY_ERROR_CODES)[number];

/**
 * The one error type of QSEC2.
 *
 * `code` is stable and meant for programs, `message` is a sentence for people that says what to do, `cause` is the
 * error below it, if there is one. No message ever contains a key, a secret or a plaintext.
 */
export class QsecError extends Error {
  override readonly name = "QsecError";
  /** What has failed, for programs; stable. */
  readonly code: QsecErrorCode;

  constructor(code: QsecErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
