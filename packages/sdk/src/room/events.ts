/** What a room tells its application: the details of its events. */
import type { FileManifest } from "../attachments/manifest.js";
import type { ChatEvent } from "../chat/chat-event.js";
import type { MessageRef } from "../chat/message-ref.js";
import type { QsecErrorCode } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";
import type { BB84AbortedDetail, BB84KeyedDetail, BB84Peer, BB84StepDetail } from "./bb84-events.js";
import type { EpochReason } from "./epoch-commit.js";

export type * from "./bb84-events.js";

/**
 * What is known of a member's identity; see `docs/protocol.md`, 11.1.
 *
 * - `you`: this session itself
 * - `waiting`: the relay lists it, no signed roster does; it can read nothing
 * - `link`: proved the room secret to the leader
 * - `vouched`: (`verify`) the leader has compared emoji with it
 * - `verified`: this person has compared emoji with this key
 * - `unverified`: (`open`) in the roster, and nobody has compared
 * - `changed`: (with `remember`) the name had another key on this device, and the person has not answered yet
 */
export type Badge = "you" | "waiting" | "link" | "vouched" | "verified" | "unverified" | "changed";

/**
 * How far the keys with a member have come.
 *
 * - `none`: nothing has begun
 * - `exchanging`: a run is under way
 * - `confirming`: there is a pairwise key, and the emoji wait for a person
 * - `keyed`: there is a pairwise key, and no room key yet
 * - `active`: it has the room key
 * - `aborted`: the last run ended without a key
 */
export type KeyState = "none" | "exchanging" | "confirming" | "keyed" | "active" | "aborted";

/** A member as this session sees it. */
export interface MemberView {
  /** The base64url text of its Ed25519 public key. */
  readonly id: MemberId;
  /** The authenticated name once there is one, before that what the relay says. Show as text only. */
  readonly name: string;
  /** True for this session itself. */
  readonly you: boolean;
  /** True for the leader of the signed roster; before the first epoch, for whom the relay names. */
  readonly leader: boolean;
  /** False while the relay waits for a dropped link to come back. */
  readonly online: boolean;
  /** What is known of who this is. */
  readonly badge: Badge;
  /** How far the keys with this member have come. */
  readonly keyState: KeyState;
  /** Short public fingerprint of the pairwise session (8 hex digits), or null. Never key material. */
  readonly fingerprint: string | null;
}

/** The room key in force, without the key. */
export interface EpochView {
  /** Rises with every join, leave and re-key, from 1. */
  readonly number: number;
  /** Milliseconds since 1970 on this device when the epoch became active here. */
  readonly since: number;
  /** Eight groups of four Crockford base32 characters: equal on all screens if and only if roster and key are equal. */
  readonly roomCode: string;
  /** How many members hold this room key. */
  readonly members: number;
  /** Whether messages are kept: sealed at the relay, and their keys with the members. Forward secrecy is reduced then. */
  readonly history: boolean;
  /** What messages are sealed with. */
  readonly algorithm: "AES-256-GCM";
}

/** `verify`: seven emoji that must be the same on both screens before any room key moves. */
export interface VerifyDetail {
  /** With whom to compare. */
  readonly peer: BB84Peer;
  /** Seven entries, in order. */
  readonly emoji: readonly { readonly symbol: string; readonly name: string }[];
  /** The same value as three groups of digits. */
  readonly digits: string;
}

/** A message that was opened, or one of this session that was sent. */
export interface MessageDetail {
  /** The sender's id. */
  readonly from: MemberId;
  /** The sender's name in the signed roster. Show as text only. */
  readonly fromName: string;
  /** True for this session's own message. */
  readonly own: boolean;
  /** Empty for a file. Show as text only. */
  readonly text: string;
  /** The sender's clock, milliseconds since 1970; for display only. */
  readonly sentAt: number;
  /** Number of the epoch it was sealed in. */
  readonly epoch: number;
  /** Its number among the sender's messages of that epoch, from 0. With `from` and `epoch` it names the message. */
  readonly seq: number;
  /** The file that this message is about; the text is empty then. Open it with the session's `openFile()`. */
  readonly file?: FileManifest;
  /** The message that this one answers, if it is a reply. */
  readonly replyTo?: MessageRef;
  /** It was said while this session was away, or by its person in an earlier one, and comes from what the relay has kept. */
  readonly fromHistory?: true;
}

/** A private message between this member and one other. */
export interface DirectDetail {
  /** The other one: who wrote it, or for one's own, to whom. */
  readonly peer: BB84Peer;
  /** True for this session's own message, once the other's device has opened it. */
  readonly own: boolean;
  /** One of the two. Show a text as text only. */
  readonly text?: string;
  /** Bytes, where bytes were sent. */
  readonly data?: Uint8Array;
  /** The sender's clock, milliseconds since 1970. With the sender it names the message. */
  readonly sentAt: number;
}

/** A private message of this session has arrived, or nobody can say so any more. */
export interface DirectDoneDetail {
  /** To whom it was sent. */
  readonly peer: BB84Peer;
  /** As in the message's {@link DirectDetail}. */
  readonly sentAt: number;
  /** Null: the other's device has opened it. `timeout`: not confirmed in time. `unknown_peer`: not a member any more. */
  readonly code: "timeout" | "unknown_peer" | null;
}

/** What somebody did to messages: a reaction, an edit, typing, a receipt, … */
export interface ChatDetail {
  /** Whose deed it is. */
  readonly from: MemberId;
  /** The name in the signed roster. Show as text only. */
  readonly fromName: string;
  /** True for what this session did. */
  readonly own: boolean;
  /** Any operation but `reply`, which comes as a {@link MessageDetail}. A `ref` that points to nothing is to be ignored. */
  readonly event: Exclude<ChatEvent, { op: "reply" }>;
  /** The sender's clock, milliseconds since 1970; for display only. */
  readonly sentAt: number;
  /** Number of the epoch it was sealed in. */
  readonly epoch: number;
  /** Its number among the sender's messages of that epoch. */
  readonly seq: number;
  /** As in {@link MessageDetail}. */
  readonly fromHistory?: true;
}

/** Messages that exist, by their sender's signed word, and that this session has not got. */
export interface HistoryGap {
  /** Whose messages are missing. */
  readonly from: MemberId;
  /** The name in the signed roster. Show as text only. */
  readonly fromName: string;
  /** Number of the epoch they were sealed in. */
  readonly epoch: number;
  /** How many. The relay keeps messages for a limited time, so that old ones go honestly too. */
  readonly missing: number;
}

/** Bytes of an application, authenticated as their sender's. */
export interface PublishedDetail {
  /** The sender's id. */
  readonly from: MemberId;
  /** The sender's name in the signed roster. */
  readonly fromName: string;
  /** What they are for; the relay reads this too. */
  readonly type: string;
  /** As they were given to `publish()`. */
  readonly data: Uint8Array;
}

/**
 * A message that is **neither encrypted nor authenticated**: the relay has read it and may have written it. Show it as
 * text in a line of its own that says so, never among the sealed messages.
 */
export interface PlaintextDetail {
  /** Who the relay says has sent it. */
  readonly from: MemberId;
  /** The relay's name for the sender; for one's own, the name it was sent under. */
  readonly fromName: string;
  /** True for what this session sent. */
  readonly own: boolean;
  /** Show as text only. */
  readonly text: string;
}

/** A new room key, and what has changed with it. */
export interface EpochDetail extends EpochView {
  /** Why there is a new key. */
  readonly reason: EpochReason;
  /** Who is in the roster and was not before. */
  readonly joined: readonly BB84Peer[];
  /** Who was in the roster and is not any more. */
  readonly left: readonly BB84Peer[];
  /** Who made the key. */
  readonly leader: BB84Peer;
}

/** Something that an honest relay and honest peers would not cause. */
export interface SecurityDetail {
  /** Stable, for programs; see `docs/protocol.md`, 5.7. */
  readonly code: QsecErrorCode;
  /** A sentence for people. */
  readonly message: string;
  /** The member it is about; null where it is about the relay or the room. */
  readonly peer: BB84Peer | null;
  /**
   * `alarm` where somebody may be attacking, or something did not arrive. `note` for what also happens among honest
   * members on a bad line: a message that came twice, a record of a session that is over.
   */
  readonly level: "alarm" | "note";
}

/** A member goes under a name that had another key on this device; see `docs/protocol.md`, Trust. */
export interface IdentityChange {
  /** Who goes under the name now. */
  readonly peer: BB84Peer;
  /** Short code of the key it has now: 80 bits of it in Crockford base32, four groups of four. */
  readonly code: string;
  /** The key that this device knows under that name. */
  readonly pinned: {
    /** Short code of the key that it had. */
    readonly code: string;
    /** When this device saw it first, milliseconds since 1970. */
    readonly since: number;
    /** Whether a person compared emoji with it on this device. */
    readonly verified: boolean;
  };
}

/** A person asks to be let in, and this member, who leads the room, approves its members. */
export interface KnockDetail {
  /** Who asks. */
  readonly peer: BB84Peer;
}

/** The room has a new secret since somebody was removed: invites from before open nothing any more. */
export interface RotatedDetail {
  /** The leader who replaced it. */
  readonly by: BB84Peer;
}

/** The leader has removed this member. The session ends with it: nothing that is said now can be read here. */
export interface RemovedDetail {
  /** The leader who removed this member. */
  readonly by: BB84Peer;
}

/** Event name → type of the detail, for the events that a room itself causes. */
export interface RoomEventMap {
  /** The list of members, a badge or a key state changed. */
  members: { readonly members: readonly MemberView[] };
  /** A new room key is active. */
  epoch: EpochDetail;
  /** One of the six BB84 steps of a run is done. */
  "bb84:step": BB84StepDetail;
  /** A run ended without a key. */
  "bb84:aborted": BB84AbortedDetail;
  /** A run ended with a session key for this pair. */
  "bb84:keyed": BB84KeyedDetail;
  /** `verify`: compare the emoji with this peer, then call `confirm()` or `reject()`. */
  verify: VerifyDetail;
  /** The emoji of a peer need no answer any more (confirmed, rejected, or the peer left). */
  "verify:done": { readonly peer: BB84Peer; readonly confirmed: boolean };
  /** A message was opened, or one of this session was sent. */
  message: MessageDetail;
  /** Somebody reacted, edited, deleted, typed, read, or set when messages expire. */
  chat: ChatDetail;
  /** A private message from one member, or one's own that has arrived. */
  direct: DirectDetail;
  /** Whether a private message of this session has arrived. */
  "direct:done": DirectDoneDetail;
  /** Only with the option `allowPlaintext`: a message that is neither encrypted nor authenticated. */
  plaintext: PlaintextDetail;
  /** Bytes that another member's application has published. */
  published: PublishedDetail;
  /** Everybody in its roster who is still a member has this own message: epoch and sequence number as in its {@link MessageDetail}. */
  delivered: { readonly epoch: number; readonly seq: number };
  /** Somebody waits to be let in: call `admit()` or `refuse()`. */
  knock: KnockDetail;
  /** A knock needs no answer any more (let in, refused, or gone). */
  "knock:done": { readonly peer: BB84Peer; readonly admitted: boolean };
  /**
   * With `remember`: a name came with another key than this device knows. Ask the person, and answer with `verify()` and
   * `confirm()`, with `acceptIdentity()`, or by removing the member. Until then its badge is `changed`.
   */
  "identity:changed": IdentityChange;
  /** The room secret was replaced; ask the session for a new invite link. */
  rotated: RotatedDetail;
  /** The leader has removed this member; the session leaves the relay and closes. */
  removed: RemovedDetail;
  /** Something that an honest relay and honest peers would not cause. */
  security: SecurityDetail;
}
