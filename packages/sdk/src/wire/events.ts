/**
 * The Socket.IO events between a client and the relay, typed both ways. Frames are unpadded base64url text here;
 * inside the SDK they are `Uint8Array` (see `transport/`). A member is addressed by its id: the base64url text of its
 * Ed25519 public key, 43 characters, bound to the socket at `join`.
 */
import type { BlobBytes, BlobHave, BlobName, BlobPart, BlobPut } from "./blob-events.js";
import type { RelayErrorCode } from "./errors.js";
import type { FetchHistory, HistoryPage } from "./history-events.js";

/** The base64url text of a 32-byte Ed25519 public key. */
export type MemberId = string;

/** Asks for a place in a room. */
export interface JoinRequest {
  /** Version of the protocol. */
  readonly version: 1;
  /** Room ID, or its handle with `metadata: "minimal"`. */
  readonly room: string;
  /** The name that the relay shows to others; or a handle. */
  readonly username: string;
  /** This client's id, bound to the socket from now on. */
  readonly id: MemberId;
  /** How many people the room is for, 2 to 64. The first to join decides; of later joiners it is ignored. */
  readonly expected: number;
  /** True: this client's person has chosen to get, and may send, messages that are not encrypted. */
  readonly plaintext?: boolean;
  /** The token of an earlier welcome: takes the old place back after a drop of the link. */
  readonly resume?: string;
  /** What this client has of the room's ring; of another epoch than any ring's before it has something. */
  readonly ring?: RingPosition;
}

/**
 * A place in the ring of what a relay has passed to the members of a room. The epoch is random, and another one for each
 * opening of a room; `seq` is the number of the last event that is there or was received, 0 for none.
 */
export interface RingPosition {
  /** Another one for each opening of a room. */
  readonly epoch: string;
  /** Number of an event, 0 for none. */
  readonly seq: number;
}

/** A member as the relay knows it. */
export interface RelayMember {
  /** The id that it joined with; unproven. */
  readonly id: MemberId;
  /** The name that it joined with; unproven. */
  readonly username: string;
  /** False while the relay waits for a dropped socket to come back. */
  readonly online: boolean;
}

/** Who is in a room, in the order of joining, and who leads. */
export interface UserList {
  /** In the order of joining. */
  readonly members: readonly RelayMember[];
  /** The relay's word for who leads: the first joiner still here. A hint only; the signed roster decides. */
  readonly leader: MemberId;
  /** How many people the room is for, 2 to 64. */
  readonly expected: number;
  /** Who has just left for good (by `leave`, or because the grace time of a dropped socket is over). */
  readonly departed?: MemberId;
}

/** The answer to a join: the place, and what the room is like. */
export interface Welcome extends UserList {
  /** Tells it from a {@link Refusal}. */
  readonly ok: true;
  /** The room that was entered. */
  readonly room: string;
  /** Takes the place back after a drop of the link; a secret between this client and the relay. */
  readonly resume: string;
  /** True when `resume` was accepted and nothing about this member's place has changed. */
  readonly resumed: boolean;
  /** True when all that was missed while the link was down has come before this answer. */
  readonly recovered: boolean;
  /** Where the ring stands, for a client that has said where it stands itself. */
  readonly ring?: RingPosition;
}

/** The relay has refused something: a code for programs, a sentence for people. */
export interface Refusal {
  /** Tells it from an answer. */
  readonly ok: false;
  /** Stable, for programs. */
  readonly code: RelayErrorCode;
  /** A sentence for people. */
  readonly message: string;
}

/** The relay has done what was asked. */
export interface Accepted {
  readonly ok: true;
  /** `group_message`, `store_encrypted`: the room's sequence number of the frame. */
  readonly seq?: number;
}

/** The announce of one member. */
export interface PublicKeyEntry {
  /** The member's id. */
  readonly from: MemberId;
  /** Its announce, 1282 bytes as base64url. */
  readonly frame: string;
}

/** One line of the room's log: what the relay says. */
export interface RoomLogEntry {
  /** Rises with each line of the relay. */
  readonly id: number;
  /** The tag line, for instance `[USER_JOIN] room=testroom user=bob`. Untrusted: it is what the relay says. */
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly created_at: string;
}

/** Lines of the room's log. */
export interface RoomLogs {
  /** Oldest first, 200 at most. */
  readonly entries: readonly RoomLogEntry[];
}

/** What the relay answers to most events. */
export type Reply = Accepted | Refusal;
type Ack<R = Reply> = (reply: R) => void;

/** For whom something is. */
export interface To {
  /** The receiver's id. */
  readonly to: MemberId;
}

export interface From extends Numbered {
  /** The sender's id, by the relay's word. */
  readonly from: MemberId;
  /** `group_message` only. */
  readonly seq?: number;
}

/** What kind of sealed bytes an application has its relay pass on: 1 to 64 of `A-Z a-z 0-9 . _ : -`, visible to the relay. */
export interface Typed {
  /** What the bytes are for. */
  readonly type: string;
}

/** The number of an event in the room's ring, where somebody in the room keeps count. */
export interface Numbered {
  /** From 1; absent where nobody keeps count. */
  readonly n?: number;
}

/** What clients say to the relay, by the name of the event. */
export interface ClientToRelayEvents {
  /** The first event: takes a place in a room, or an old one back with its `resume` token. */
  join: (request: JoinRequest, ack: Ack<Welcome | Refusal>) => void;
  /** Gives the place up. */
  leave: (header: Record<string, never>, ack?: Ack) => void;
  /** To all, or to one member after its WANT. */
  announce_pubkey: (header: Partial<To>, frame: string, ack?: Ack) => void;
  /** A message of the BB84 handshake to one member. */
  bb84_relay: (header: To, frame: string, ack?: Ack) => void;
  /** The room key, wrapped to one member by the leader. */
  roomkey_share: (header: To, frame: string, ack?: Ack) => void;
  /** A sealed record to one member: a direct message, or upkeep of the room. */
  encrypted_message: (header: To, frame: string, ack?: Ack) => void;
  /** A sealed message to all; the answer has its number `seq`. */
  group_message: (header: Record<string, never>, frame: string, ack?: Ack) => void;
  /** Sealed bytes of an application: passed on, never kept, not numbered. */
  relay: (header: Typed, frame: string, ack?: Ack) => void;
  /** Not encrypted: refused unless the operator and every member's client allow it. */
  plain_message: (header: Record<string, never>, text: string, ack?: Ack) => void;
  /** As `group_message`, and the relay keeps the frame for who is away. */
  store_encrypted: (header: Record<string, never>, frame: string, ack?: Ack) => void;
  /** Asks for the stored messages after a number. */
  fetch_history: (header: FetchHistory, ack: Ack<HistoryPage | Refusal>) => void;
  /** For the audit log: how many bases matched. */
  bb84_meta: (header: BB84Meta, ack?: Ack) => void;
  /** For the audit log: how a run ended, and its error rate. */
  bb84_session: (header: BB84SessionReport, ack?: Ack) => void;
  /** For the audit log: the public commitment to a new room key. */
  roomkey_generated: (header: RoomKeyGenerated, ack?: Ack) => void;
  /** For the audit log: a room key was unwrapped. */
  roomkey_decrypted: (header: RoomKeyDecrypted, ack?: Ack) => void;
  /** For the audit log: a message was opened. */
  msg_decrypted: (header: MessageDecrypted, ack?: Ack) => void;
  /** Asks for the room's log; it comes as `room_logs`. */
  fetch_room_logs: (header: FetchRoomLogs, ack?: Ack) => void;
  /** A sealed part of a file, at most 256 KiB. */
  blob_put: (header: BlobPut, bytes: Uint8Array, ack?: Ack) => void;
  /** Asks which parts of a file are there. */
  blob_have: (header: BlobName, ack: Ack<BlobHave | Refusal>) => void;
  /** Asks for one part. */
  blob_get: (header: BlobPart, ack: Ack<BlobBytes | Refusal>) => void;
  /** Removes a file that one has sent. */
  blob_drop: (header: BlobName, ack?: Ack) => void;
}

/** What the relay says to clients, by the name of the event. */
export interface RelayToClientEvents {
  /** Who is in the room, in the order of joining, and who leads. */
  user_list: (list: UserList & Numbered) => void;
  /** Announces of the members. */
  pubkeys: (keys: { readonly entries: readonly PublicKeyEntry[] } & Numbered) => void;
  /** A message of the BB84 handshake. */
  bb84_signal: (header: From, frame: string) => void;
  /** A wrapped room key. */
  roomkey_share: (header: From, frame: string) => void;
  /** A sealed record from one member. */
  encrypted_message: (header: From, frame: string) => void;
  /** A sealed message to all, with its number. */
  group_message: (header: From, frame: string) => void;
  /** Sealed bytes of an application. */
  relay: (header: From & Typed, frame: string) => void;
  /** Not encrypted; only where the operator and every member allow it. */
  plain_message: (header: From, text: string) => void;
  /** Lines of the room's log. */
  room_logs: (logs: RoomLogs) => void;
  /** A refusal of something that was sent without an acknowledgement callback. */
  relay_error: (refusal: Refusal & { readonly event: string }) => void;
}

/** Audit events: members' claims, small integers only, never free text. `matched` 0 … 65 536. */
export interface BB84Meta extends To {
  /** How many bases agreed. */
  readonly matched: number;
}

/** `code` 0: a session key was derived; else the abort code 1 … 19. `qber_ppm` 0 … 1 000 000. */
export interface BB84SessionReport extends To {
  /** 0 for a key, else the code of the abort. */
  readonly code: number;
  /** Error rate of the sample in millionths. */
  readonly qber_ppm: number;
}

/** `kc`: base64url of the public 32-byte commitment to the room key. */
export interface RoomKeyGenerated {
  /** Bytes of the key. */
  readonly size: 32;
  /** The public commitment. */
  readonly kc: string;
}

/** Says for the log that a room key was unwrapped. */
export interface RoomKeyDecrypted {
  /** Bytes of the key. */
  readonly size: 32;
}

/** Says for the log that a message was opened. */
export interface MessageDecrypted {
  /** Bytes of the nonce. */
  readonly iv: 12;
}

/** Asks for lines of the room's log. */
export interface FetchRoomLogs {
  /** Only entries with a larger id. @default 0 */
  readonly since?: number;
}

/** Each client event that is an audit claim and its header. */
export const AUDIT_EVENTS = [
  "bb84_meta",
  "bb84_session",
  "roomkey_generated",
  "roomkey_decrypted",
  "msg_decrypted",
] as const;
/** Events that only the log is for. */
export type AuditEvent = (typeof AUDIT_EVENTS)[number];
