/** Whether a member takes an epoch that a peer shares with it (protocol §7.2). Pure: nothing here changes anything. */
import { compareBytes, equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { keyCommitment, rosterIndex, verifyCommit, type EpochCommit } from "./epoch-commit.js";

export interface Held {
  readonly commit: EpochCommit;
  readonly hash: Uint8Array;
}

export interface AcceptanceState {
  readonly rid: Uint8Array;
  readonly ownId: Uint8Array;
  readonly current: Held | null;
  readonly previous: Held | null;
  /** The leader has not been online for long enough (§7.4). */
  readonly leaderSilent: boolean;
  /** Null; or whom alone this member may follow now, null id: anyone. */
  readonly detached: { readonly successor: Uint8Array | null } | null;
  /** The peer leads a room that outranks the one this member leads itself. */
  readonly outranked: boolean;
}

/**
 * @param from the authenticated identity at the other end of the session
 * @throws QsecError `ROOM`, `NOT_LEADER`, `BAD_SIG`, `NOT_MEMBER`, `KEY_COMMIT`, `ROLLBACK`
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
  if (!equalBytes(keyCommitment(roomKey, commit), commit.keyCommitment))
    throw new QsecError("KEY_COMMIT", "A room key is not the one that its epoch commits to.");
  checkSuccession(state, from, commit);
}

function checkSuccession(
  { current, previous, leaderSilent, detached, outranked }: AcceptanceState,
  from: Uint8Array,
  commit: EpochCommit,
): void {
  if (current === null || outranked) return;
  if (detached !== null && (detached.successor === null || equalBytes(detached.successor, from))) return;
  if (equalBytes(current.commit.roster[0].id, from)) {
    if (commit.epoch > current.commit.epoch) return;
    throw new QsecError("ROLLBACK", "The leader shared an epoch that is not newer than the current one.");
  }
  const inRoster = rosterIndex(current.commit.roster, from) >= 0;
  if (inRoster && leaderSilent && commit.epoch === current.commit.epoch + 1 && equalBytes(commit.prev, current.hash))
    return;
  if (previous !== null && commit.epoch === current.commit.epoch && equalBytes(commit.prev, previous.hash)) {
    const theirs = rosterIndex(previous.commit.roster, from);
    const leaders = rosterIndex(previous.commit.roster, current.commit.roster[0].id);
    if (theirs >= 0 && theirs < leaders) return;
  }
  throw new QsecError("NOT_LEADER", "A member that does not lead this room shared a room key.");
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
