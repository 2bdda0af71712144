import type { QkdOptions } from "../handshake/qkd.js";
import type { OpenIdentityOptions } from "../identity/open-identity.js";
import type { RoomIdentity } from "../identity/room-identity.js";
import type { EpochKeyStore } from "../history/epoch-key-store.js";
import type { Transport } from "../transport/transport.js";
import type { Admission } from "../wire/index.js";

/** Options of {@link QsecSession}. An option that is not in this list is refused with `bad_option`. */
export interface QsecSessionOptions {
  /** Address of the relay, for instance `https://relay.example`. Needed unless `transport` is given. */
  readonly relay?: string;
  /** Another way to the relay: for tests, demonstrations, and hosts with a connection of their own. */
  readonly transport?: Transport;
  /** Room ID: 1 to 64 of the letters A to Z, digits, `_ - .` */
  readonly room: string;
  /** 1 to 63 bytes: letters and digits of any script, `_ - .` */
  readonly username: string;
  /** How many people the room is for, 2 to 64. The first to join decides. @default 2 */
  readonly expected?: number;
  /** `link` mode: the room secret, 32 bytes or its 43 base64url characters. See {@link createRoomSecret}. */
  readonly secret?: string | Uint8Array;
  /** How peers are admitted. Never falls back to a weaker mode by itself. @default "link" */
  readonly admission?: Admission;
  /**
   * Who this device is in the room, from {@link openIdentity}; the session closes it when it ends. Without one, each
   * session is somebody new. {@link QsecSession.open} with `remember` does both.
   */
  readonly identity?: RoomIdentity;
  /** Whether this member, when it leads, lets nobody in before `admit()`; for `link` and `open`. @default false */
  readonly approve?: boolean;
  /** What the relay is told: names as typed, or handles. All clients of a room must agree. @default "named" */
  readonly metadata?: "named" | "minimal";
  /** Whether the relay's audit log is told of steps (fixed tags and small integers). @default "relay" */
  readonly audit?: "relay" | "off";
  /**
   * Takes, and lets this session send, messages that are **not encrypted**, where the relay's operator and every member
   * allow it too. Show a warning for as long as it is on. @default false
   */
  readonly allowPlaintext?: boolean;
  /**
   * Whether messages are kept in a room that this member creates: sealed at the relay (its option `--history`) for who is
   * away, their keys with the members. Forward secrecy is reduced then. In a room of somebody else that one's word holds,
   * and each `epoch` says what it is. With `true` this device keeps room keys beyond the session, where it can; with
   * `false` until the session ends. Where the relay keeps nothing, an `error` event says so once (`history_disabled`), and
   * the room goes on, with epochs that say `history`. @default false
   */
  readonly history?: boolean;
  /** Whether this member, when it leads a room with history, lets newcomers read what was said before. @default false */
  readonly shareHistory?: boolean;
  /** Where room keys are kept. @default in browsers, with `history`: {@link indexedDbEpochKeys}; else the session's memory */
  readonly epochKeys?: EpochKeyStore;
  /**
   * BB84 post-processing profile that this side offers first. After golay a channel that is too noisy for it is tried with
   * ldpc; `classic`, the textbook's, corrects nothing and is for teaching. @default "golay"
   */
  readonly profile?: "golay" | "ldpc" | "classic";
  /** Qubits of the first run; golay: a multiple of 128 from 1024 to 65 536; ldpc: from 4096 to 92 160. @default 4096 (ldpc: 8192, classic: 128) */
  readonly qubits?: number;
  /** The simulated channel at this side's receiver. */
  readonly channel?: {
    /** Probability that a measured bit flips, 0 … 0.5. @default 0.01 (classic: 0) */
    readonly noise?: number;
    /** Share of qubits that a demonstration eavesdropper intercepts and resends, 0 … 1. @default 0 */
    readonly eve?: number;
  };
  /**
   * Keys that quantum hardware has shared with peers, mixed into the keys of each handshake beside the post-quantum ones.
   * A peer that names such a key is refused without it. @default none
   */
  readonly qkd?: QkdOptions;
}

/** Options of {@link QsecSession.open}: those of a session, and what this device is to remember. */
export interface OpenSessionOptions
  extends QsecSessionOptions, Pick<OpenIdentityOptions, "identityStore" | "allowWeakerAdmission"> {
  /**
   * Whether to be the same member of this room each time, to notice when others are not, and to refuse a weaker
   * `admission` than before. @default false
   */
  readonly remember?: boolean;
}
