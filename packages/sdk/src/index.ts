/**
 * `@qsec2/sdk`: end-to-end encrypted rooms over a relay that cannot read them.
 * @module sdk
 */
export { createInvite, parseInvite, type Invite } from "./handshake/invite.js";
export type { QkdKey, QkdKeySource, QkdOptions, QkdPeer } from "./handshake/qkd.js";
export { createRoomSecret } from "./handshake/room-secret.js";
export { cleanFileName } from "./attachments/file-name.js";
export type { FileManifest } from "./attachments/manifest.js";
export { isPreviewable } from "./attachments/preview.js";
export type { FileSource } from "./attachments/source.js";
export type { FileProgress, UploadState } from "./attachments/upload.js";
export { forgetRoom, type ForgetRoomOptions } from "./identity/forget-room.js";
export type { IdentityPlace, IdentityStore, RememberedIdentity } from "./identity/identity-store.js";
export { indexedDbIdentities, type IndexedDbIdentitiesOptions, type Locks } from "./identity/indexed-db-identities.js";
export { memoryIdentities } from "./identity/memory-identities.js";
export { openIdentity, type OpenIdentityOptions } from "./identity/open-identity.js";
export type { RoomIdentity } from "./identity/room-identity.js";
export type { ChatEvent, ReceiptState } from "./chat/chat-event.js";
export type { MessagePointer, MessageRef } from "./chat/message-ref.js";
export type { OutgoingChatEvent } from "./chat/outgoing-event.js";
export { Receipts } from "./chat/receipts.js";
export { IncomingTyping } from "./chat/typing-limiter.js";
export type {
  Badge,
  BB84AbortedDetail,
  BB84Counts,
  BB84KeyedDetail,
  BB84Peer,
  BB84StepDetail,
  BB84StepName,
  ChatDetail,
  DirectDetail,
  DirectDoneDetail,
  EpochDetail,
  EpochView,
  HistoryGap,
  IdentityChange,
  KeyState,
  KnockDetail,
  MemberView,
  MessageDetail,
  PlaintextDetail,
  PublishedDetail,
  RoomEventMap,
  RemovedDetail,
  RotatedDetail,
  SecurityDetail,
  VerifyDetail,
} from "./room/events.js";
export type { ExportedKey } from "./room/exporter.js";
export type { Pin } from "./room/pins.js";
export type { EpochKey, EpochKeyStore, KeptEpochKey, KeptPlace } from "./history/epoch-key-store.js";
export { indexedDbEpochKeys, type IndexedDbEpochKeysOptions } from "./history/indexed-db-epoch-keys.js";
export { memoryEpochKeys } from "./history/memory-epoch-keys.js";
export type { EpochReason } from "./room/epoch-commit.js";
export type { DisclosedQubit, ProfileName } from "./bb84/index.js";
export type { HistoryDetail, QsecSessionEventMap, SessionState } from "./session/events.js";
export type { OpenSessionOptions, QsecSessionOptions } from "./session/options.js";
export type { OpenFileOptions, SendFileOptions } from "./session/file-transfers.js";
export { QsecSession } from "./session/session.js";
export type { FileOptions, WaitOptions } from "./session/speaking-session.js";
export { TypedEventTarget } from "./session/typed-event-target.js";
export { createMemoryRelay, type MemoryRelay } from "./transport/memory.js";
export { socketIoTransport } from "./transport/socket-io.js";
export type {
  AuditReport,
  BlobAnswer,
  BlobReply,
  BlobRequest,
  HistoryReply,
  Incoming,
  Outgoing,
  Transport,
  TransportListener,
} from "./transport/transport.js";
export type { BlobId, BlobName, BlobPart, BlobPut } from "./wire/blob-events.js";
export {
  checkExpected,
  checkRoomName,
  checkUsername,
  QsecError,
  type Accepted,
  type Admission,
  type FetchHistory,
  type FetchRoomLogs,
  type From,
  type HistoryPage,
  type JoinRequest,
  type MemberId,
  type ProtocolErrorCode,
  type QsecErrorCode,
  type Refusal,
  type RelayErrorCode,
  type RelayMember,
  type RoomLogEntry,
  type RoomLogs,
  type StoredMessage,
  type To,
  type UsageErrorCode,
  type UserList,
  type Welcome,
} from "./wire/index.js";
