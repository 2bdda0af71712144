/** Whether a member takes an epoch that a peer shares with it (protocol §7.2). Pure: nothing here changes anything. */
import { compareBytes, equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { epochAfter, keyCommitment, rosterIndex, verifyCommit, type EpochCommit } from "./epoch-commit.js";
import type { Share } from "./share.js";

export interface Held {
  readonly commit: EpochCommit;
  readonly hash: Uint8Array;
}

export interface AcceptanceState {
  readonly rid: Uint8Array;
  readonly ownId: Uint8Array;
  readonly ownName: string;
  /** The name under which this member's person has compared emoji with this id, if it still goes by that name here. */
  readonly comparedName: (id: Uint8Array) => string | null;
  readonly current: Held | null;
  readonly previous: Held | null;
  /** The leader has not been online for long enough (§7.4). */
  readonly leaderSilent: boolean;
  /** Null; or whom alone this member may follow now, null id: anyone. */
  readonly detached: { readonly successor: Uint8Array | null } | null;
}

/**
 * @param from the authenticated identity at the other end of the session
 * @throws QsecError `ROOM`, `NOT_LEADER`, `BAD_SIG`, `NOT_MEMBER`, `NAME`, `KEY_COMMIT`, `ROLLBACK`
 */
export function checkShare(
  state: AcceptanceState,
  from: Uint8Array,
  commit: EpochCommit,
  encoded: Uint8Array,
  signature: Uint8Array,
  roomKey: Uint8Array,
): void {
  if (!equalBytes(commit.rid, state.rid)) throw new QsecError("ROOM", "A room key belongs to another room.");
  if (!equalBytes(commit.roster[0].id, from))
    throw new QsecError("NOT_LEADER", "A room key came from a member that its roster does not name as leader.");
  if (!verifyCommit(commit, encoded, signature)) throw new QsecError("BAD_SIG", "The signature of an epoch is wrong.");
  if (rosterIndex(commit.roster, state.ownId) < 0)
    throw new QsecError("NOT_MEMBER", "A room key came with a roster that this member is not in.");
  checkNames(state, commit);
  if (!equalBytes(keyCommitment(roomKey, commit), commit.keyCommitment))
    throw new QsecError("KEY_COMMIT", "A room key is not the one that its epoch commits to.");
  checkSuccession(state, from, commit);
}

/** What a leader sends in the place of a room key to a member that it removes. */
export const NO_ROOM_KEY = new Uint8Array(32);

/** Whether this is the word of this member's own leader, signed like any epoch and without its key, that this member is out. */
export function isRemoval(
  { rid, ownId, current }: AcceptanceState,
  from: Uint8Array,
  commit: EpochCommit,
  { commit: encoded, signature, roomKey }: Share,
): boolean {
  if (current === null || !equalBytes(roomKey, NO_ROOM_KEY) || rosterIndex(commit.roster, ownId) >= 0) return false;
  const [leader] = commit.roster;
  return (
    equalBytes(commit.rid, rid) &&
    equalBytes(leader.id, from) &&
    equalBytes(current.commit.roster[0].id, from) &&
    isNewer(commit, current) &&
    verifyCommit(commit, encoded, signature)
  );
}

/**
 * A leader says who is in the room, and not what they are called: that each signs itself. Whoever finds itself under another
 * name does not speak in that epoch, so that nothing it says is ever read as somebody else's word. Of the others only those
 * count whom a person here has compared: anybody can call a member under one name and the leader under another, and must not
 * be able to keep it from an epoch by that.
 */
function checkNames({ ownId, ownName, comparedName, current }: AcceptanceState, { roster }: EpochCommit): void {
  for (const { id, name } of roster) {
    const signed = equalBytes(id, ownId) ? ownName : comparedName(id);
    if (signed === null || signed === name) continue;
    // Who signs one name here and another to the leader must not cut this member off: the name it has had here holds too.
    const before = equalBytes(id, ownId) ? undefined : current?.commit.roster.find((entry) => equalBytes(entry.id, id));
    if (before?.name !== name)
      throw new QsecError("NAME", "A leader shared a roster in which a member has another name than it has signed.");
  }
}

function checkSuccession(
  { ownId, current, previous, leaderSilent, detached }: AcceptanceState,
  from: Uint8Array,
  commit: EpochCommit,
): void {
  if (current === null) return;
  const leader = current.commit.roster[0].id;
  if (detached !== null && (detached.successor === null || equalBytes(detached.successor, from))) return;
  if (equalBytes(leader, from)) {
    if (isNewer(commit, current)) return;
    throw new QsecError("ROLLBACK", "The leader shared an epoch that is not newer than the current one.");
  }
  const inRoster = rosterIndex(current.commit.roster, from) >= 0;
  if (inRoster && leaderSilent && follows(commit, current)) return;
  if (previous !== null && commit.epoch === current.commit.epoch && equalBytes(commit.prev, previous.hash)) {
    // Two took over at once: the order that the epoch before signed decides, for the two themselves as for all others.
    const theirs = rosterIndex(previous.commit.roster, from);
    if (theirs >= 0 && theirs < rosterIndex(previous.commit.roster, leader)) return;
  } else if (equalBytes(leader, ownId) && outranks(rankOf(commit, from), rankOf(current.commit, ownId))) {
    return; // two rooms met, and this member leads the one that gives way
  }
  throw new QsecError("NOT_LEADER", "A member that does not lead this room shared a room key.");
}

function isNewer(commit: EpochCommit, current: Held): boolean {
  return commit.epoch > current.commit.epoch || follows(commit, current);
}

function follows(commit: EpochCommit, current: Held): boolean {
  return commit.epoch === epochAfter(current.commit.epoch) && equalBytes(commit.prev, current.hash);
}

function rankOf(commit: EpochCommit, id: Uint8Array): RoomRank {
  return { epoch: commit.epoch, members: commit.roster.length, id };
}

/** Which of two rooms survives when their leaders meet: higher epoch, then more members, then smaller id. */
export interface RoomRank {
  readonly epoch: number;
  readonly members: number;
  readonly id: Uint8Array;
}

export function outranks(a: RoomRank, b: RoomRank): boolean {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch;
  if (a.members !== b.members) return a.members > b.members;
  return compareBytes(a.id, b.id) < 0;
}
