/** The signed statement of who is in the room and which key commitment holds (protocol §7.1). */
import { expand, hash } from "../crypto/kdf.js";
import { sign, verify } from "../crypto/signature.js";
import { compareBytes, concat, equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { PROTOCOL_VERSION } from "../wire/limits.js";
import { decodeName64, encodeName64, foldName } from "../wire/names.js";
import { Reader } from "../wire/reader.js";
import { u16, u32, u64, u8 } from "../wire/writer.js";

export const REASONS = ["create", "join", "leave", "rekey", "failover", "policy", "merge"] as const;
/**
 * Why there is a new room key: `create` is the first of a room, `failover` comes when another member leads, `policy` when
 * the room secret was replaced; `rekey` is asked for, or due. `merge` does not occur yet.
 */
export type EpochReason = (typeof REASONS)[number];

/** A roster holds at most this many members, whatever the capacity says. */
export const ROSTER_MAX = 128;

/** Epochs are numbered from 1 to this, the largest u32. */
export const EPOCH_LAST = 0xffff_ffff;

/**
 * The number of the epoch after one: after the last comes the first again. No room gets there by itself, but whoever leads
 * may choose a high number, and the room must outlive it. Which epoch follows which is said by `prev`.
 */
export function epochAfter(epoch: number): number {
  return epoch === EPOCH_LAST ? 1 : epoch + 1;
}

export interface RosterEntry {
  /** 32-byte identity */
  readonly id: Uint8Array;
  readonly name: string;
}

export interface EpochCommit {
  readonly rid: Uint8Array;
  readonly epoch: number;
  /** h of the epoch before; zeros for the first */
  readonly prev: Uint8Array;
  /** the leader's clock, milliseconds since 1970; for display */
  readonly ms: number;
  readonly reason: EpochReason;
  /** bit 0: history on */
  readonly flags: number;
  readonly capacity: number;
  /** kc: the public commitment to the room key */
  readonly keyCommitment: Uint8Array;
  /** Leader first; the order of the rest is the failover order. */
  readonly roster: readonly RosterEntry[];
}

/** `flags` bit 0. */
export const HISTORY_ON = 1;

/** Whether the members of an epoch were told that messages are kept. */
export function hasHistory({ flags }: Pick<EpochCommit, "flags">): boolean {
  return (flags & HISTORY_ON) !== 0;
}

export function encodeCommit(commit: EpochCommit): Uint8Array {
  return concat(
    u8(PROTOCOL_VERSION),
    commit.rid,
    u32(commit.epoch),
    commit.prev,
    u64(commit.ms),
    u8(REASONS.indexOf(commit.reason) + 1),
    u8(commit.flags),
    u16(commit.capacity),
    commit.keyCommitment,
    u16(commit.roster.length),
    ...commit.roster.flatMap(({ id, name }) => [id, encodeName64(name)]),
  );
}

/**
 * @throws QsecError `DECODE`, `VERSION`; `NAME` for a bad or doubled name; `DUPLICATE` for a doubled id;
 * `ROOM_FULL` for more members than the capacity
 */
export function decodeCommit(bytes: Uint8Array): EpochCommit {
  const reader = new Reader(bytes);
  if (reader.u8() !== PROTOCOL_VERSION) throw new QsecError("VERSION", "An epoch is of another protocol version.");
  const rid = reader.bytes(32);
  const epoch = reader.u32();
  const prev = reader.bytes(32);
  const ms = reader.u64();
  const reason = REASONS[reader.u8() - 1];
  if (reason === undefined) throw new QsecError("DECODE", "An epoch names an unknown reason.");
  const flags = reader.u8();
  if (flags > 1) throw new QsecError("DECODE", "An epoch has unknown flags.");
  const capacity = reader.u16();
  const keyCommitment = reader.bytes(32);
  const count = reader.u16();
  if (count < 1 || count > Math.min(ROSTER_MAX, capacity))
    throw new QsecError("ROOM_FULL", "An epoch has more members than its room may have.");
  const roster = Array.from({ length: count }, () => ({ id: reader.bytes(32), name: decodeName64(reader.bytes(64)) }));
  reader.end();
  checkUnique(roster);
  return { rid, epoch, prev, ms, reason, flags, capacity, keyCommitment, roster };
}

function checkUnique(roster: readonly RosterEntry[]): void {
  const ids = roster.map(({ id }) => id).sort(compareBytes);
  if (ids.some((id, i) => i > 0 && equalBytes(id, ids[i - 1])))
    throw new QsecError("DUPLICATE", "An epoch lists a member twice.");
  if (new Set(roster.map(({ name }) => foldName(name))).size !== roster.length)
    throw new QsecError("NAME", "Two members of an epoch have the same name.");
}

/** h = H("epoch", commit): names room, roster and key at once. */
export function commitHash(encoded: Uint8Array): Uint8Array {
  return hash("epoch", encoded);
}

export function signCommit(seed: Uint8Array, encoded: Uint8Array): Uint8Array {
  return sign(seed, "epoch", encoded);
}

/** Whether the commit is signed by its leader, members[0]. */
export function verifyCommit({ roster }: EpochCommit, encoded: Uint8Array, signature: Uint8Array): boolean {
  return verify(roster[0].id, "epoch", encoded, signature);
}

/**
 * kc = Expand(room_key, "room key commitment", rid ‖ u32 epoch ‖ prev, 32).
 * Without it a leader could give each member another key under one commit.
 */
export function keyCommitment(
  roomKey: Uint8Array,
  { rid, epoch, prev }: Pick<EpochCommit, "rid" | "epoch" | "prev">,
): Uint8Array {
  return expand(roomKey, "room key commitment", concat(rid, u32(epoch), prev), 32);
}

export function rosterIndex(roster: readonly RosterEntry[], id: Uint8Array): number {
  return roster.findIndex((entry) => equalBytes(entry.id, id));
}
