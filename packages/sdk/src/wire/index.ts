/**
 * `@qsec2/sdk/wire`: what a relay needs to know of the protocol — event names and types, schemas, limits, names and
 * errors. It contains no cryptography.
 * @module wire
 */
export { fromBase64url, toBase64url } from "./base64url.js";
export type { BlobBytes, BlobHave, BlobId, BlobName, BlobPart, BlobPut } from "./blob-events.js";
export {
  parseBlobBytes,
  parseBlobHave,
  parseBlobName,
  parseBlobPart,
  parseBlobPut,
  parsePartBytes,
} from "./blob-schemas.js";
export { compareBytes, concat, equalBytes, fromUtf8, toHex, utf8 } from "./bytes.js";
export {
  PROTOCOL_ERROR_CODES,
  QsecError,
  RELAY_ERROR_CODES,
  type ProtocolErrorCode,
  type QsecErrorCode,
  type RelayErrorCode,
  type UsageErrorCode,
} from "./errors.js";
export {
  AUDIT_EVENTS,
  type Accepted,
  type AuditEvent,
  type BB84Meta,
  type BB84SessionReport,
  type ClientToRelayEvents,
  type FetchRoomLogs,
  type From,
  type JoinRequest,
  type MemberId,
  type MessageDecrypted,
  type Numbered,
  type PublicKeyEntry,
  type Refusal,
  type RelayMember,
  type RelayToClientEvents,
  type Reply,
  type RingPosition,
  type RoomKeyDecrypted,
  type RoomKeyGenerated,
  type RoomLogEntry,
  type RoomLogs,
  type To,
  type UserList,
  type Welcome,
} from "./events.js";
export type { FetchHistory, HistoryPage, StoredMessage } from "./history-events.js";
export { parseFetchHistory, parseHistoryPage } from "./history-schemas.js";
export { EVENT_KINDS, KIND, MODE, type Admission, type Kind, type SealedEvent } from "./kinds.js";
export {
  ANNOUNCE_BYTES,
  BB84_FRAME_MAX,
  BLOB_PART_BYTES,
  BLOB_PARTS_MAX,
  BODY_MAX,
  DIRECT_FRAME_MAX,
  GROUP_FRAME_MAX,
  PLAIN_TEXT_MAX,
  HISTORY_PAGE_BYTES,
  HISTORY_PAGE_MAX,
  PROTOCOL_VERSION,
  ROOM_LOG_PAGE_MAX,
  ROOM_MEMBERS_DEFAULT,
  ROOM_MEMBERS_MAX,
  ROOM_MEMBERS_MIN,
  ROOM_NAME_MAX,
  SHARE_FRAME_MAX,
  USERNAME_BYTES_MAX,
} from "./limits.js";
export { checkRoomName, checkUsername, foldName } from "./names.js";
export {
  checkExpected,
  parseBB84Meta,
  parseBB84Session,
  parseFetchRoomLogs,
  parseFrame,
  parseFrom,
  parseJoinRequest,
  parseMemberId,
  parseMessageDecrypted,
  parseOptionalTo,
  parsePlainText,
  parsePublicKeys,
  parseRefusal,
  parseReply,
  parseRoomKeyDecrypted,
  parseRoomKeyGenerated,
  parseRoomLogs,
  parseTo,
  parseType,
  parseUserList,
  parseWelcome,
} from "./schemas.js";
