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
/** Why something of the protocol was refused (`docs/protocol.md`, 5.7). */
export type ProtocolErrorCode = (typeof PROTOCOL_ERROR_CODES)[number];

/** The application used the SDK in a way that cannot work; the message says what to do instead. */
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
/** Why the relay has refused something. */
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
