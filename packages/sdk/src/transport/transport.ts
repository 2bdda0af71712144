/** How a session reaches a relay. Frames are bytes here; the encoding of the socket is the transport's business. */
import type { BlobName, BlobPart, BlobPut } from "../wire/blob-events.js";
import type {
  Accepted,
  AuditEvent,
  BB84Meta,
  BB84SessionReport,
  FetchRoomLogs,
  From,
  JoinRequest,
  MemberId,
  MessageDecrypted,
  Refusal,
  RoomKeyDecrypted,
  RoomKeyGenerated,
  RoomLogs,
  To,
  Typed,
  UserList,
  Welcome,
} from "../wire/events.js";
import type { QsecError } from "../wire/errors.js";
import type { FetchHistory, HistoryPage } from "../wire/history-events.js";

/** A message to the relay. */
export type Outgoing =
  | { readonly event: "announce_pubkey"; readonly header: Partial<To>; readonly frame: Uint8Array }
  | {
      readonly event: "bb84_relay" | "roomkey_share" | "encrypted_message";
      readonly header: To;
      readonly frame: Uint8Array;
    }
  | {
      readonly event: "group_message" | "store_encrypted";
      readonly header: Record<string, never>;
      readonly frame: Uint8Array;
    }
  | { readonly event: "relay"; readonly header: Typed; readonly frame: Uint8Array }
  /** Not encrypted. */
  | { readonly event: "plain_message"; readonly header: Record<string, never>; readonly text: string }
  | { readonly event: "fetch_room_logs"; readonly header: FetchRoomLogs }
  | { readonly event: "leave"; readonly header: Record<string, never> }
  | AuditReport;

/** An audit claim for the relay's log. */
export type AuditReport =
  | { readonly event: "bb84_meta"; readonly header: BB84Meta }
  | { readonly event: "bb84_session"; readonly header: BB84SessionReport }
  | { readonly event: "roomkey_generated"; readonly header: RoomKeyGenerated }
  | { readonly event: "roomkey_decrypted"; readonly header: RoomKeyDecrypted }
  | { readonly event: "msg_decrypted"; readonly header: MessageDecrypted };

/** A request about a sealed file that the relay keeps in parts. */
export type BlobRequest =
  | { readonly event: "blob_put"; readonly header: BlobPut; readonly bytes: Uint8Array }
  | { readonly event: "blob_get"; readonly header: BlobPart }
  | { readonly event: "blob_have" | "blob_drop"; readonly header: BlobName };

/** What the relay says to it. Only `blob_get` has `bytes`; only `blob_have` has `parts` and `bitmap`. */
export interface BlobAnswer {
  /** Tells it from a refusal. */
  readonly ok: true;
  /** The sealed part. */
  readonly bytes?: Uint8Array;
  /** How many parts the blob has; 0 when the relay holds none of it. */
  readonly parts?: number;
  /** ⌈parts / 8⌉ bytes: a bit for each part that is there, most significant bit first. */
  readonly bitmap?: Uint8Array;
}
/** What a relay answers about a part of a file. */
export type BlobReply = BlobAnswer | Refusal;

/** What the relay has kept of a room's messages, a page of it. */
export type HistoryReply = HistoryPage<Uint8Array> | Refusal;

/** A message from the relay, parsed and checked for shape; nothing in it is authenticated. */
export type Incoming =
  | { readonly event: "user_list"; readonly list: UserList }
  | { readonly event: "pubkeys"; readonly entries: readonly { readonly from: MemberId; readonly frame: Uint8Array }[] }
  | {
      readonly event: "bb84_signal" | "roomkey_share" | "encrypted_message" | "group_message";
      readonly header: From;
      readonly frame: Uint8Array;
    }
  /** The relay may have changed `type`; what was sealed says it again. */
  | { readonly event: "relay"; readonly header: From & Typed; readonly frame: Uint8Array }
  /** Neither encrypted nor authenticated: the relay, and anybody who can make it, may have written it. */
  | { readonly event: "plain_message"; readonly header: From; readonly text: string }
  | { readonly event: "room_logs"; readonly logs: RoomLogs }
  | { readonly event: "relay_error"; readonly refusal: Refusal };

/** Who is told what comes over a transport. */
export interface TransportListener {
  /** Called once per message, in the order of arrival. */
  receive(message: Incoming): void;
  /** The link is up (also again after a drop): the session joins now. */
  up(): void;
  /** The link is down; the transport tries to bring it back by itself. */
  down(reason: string): void;
  /** Something came that could not be parsed, or the relay cannot be reached. The link stays as it is. */
  problem(error: QsecError): void;
}

/** The one interface between a session and the world. An attacker in the tests is an implementation of it. */
export interface Transport {
  /** Starts the link; what happens then is told to the listener. Called once. */
  open(listener: TransportListener): void;
  /** Enters the room. Resolves with the relay's answer; rejects with `link_lost` when none comes. */
  join(request: JoinRequest): Promise<Welcome | Refusal>;
  /** Resolves with the relay's answer; rejects with `link_lost` when the link drops before it comes. */
  send(message: Outgoing): Promise<Accepted | Refusal>;
  /** Stores, looks for, fetches or drops a part of a sealed file. Rejects with `link_lost` as `send` does. */
  blob(request: BlobRequest): Promise<BlobReply>;
  /** Fetches a page of the sealed messages that the relay has kept. Rejects with `link_lost` as `send` does. */
  fetchHistory(request: FetchHistory): Promise<HistoryReply>;
  /** Ends the link for good. May be called more than once. */
  close(): void;
}

export type { AuditEvent };
