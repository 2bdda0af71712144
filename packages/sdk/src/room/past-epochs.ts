/** Whether past epochs that came with a room key are those of this room (protocol §10). Pure: nothing here changes anything. */
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import {
  commitHash,
  decodeCommit,
  epochAfter,
  hasHistory,
  keyCommitment,
  verifyCommit,
  type EpochCommit,
} from "./epoch-commit.js";
import type { Share } from "./share.js";

/**
 * Follows `prev` back from the current epoch. Each past epoch must be the one that the epoch after it names, so that its
 * leader then, and not whoever leads now, has said who was in it.
 * @param current the epoch that the room key belongs to, accepted by its own rules
 * @param past the newest first
 * @param moves whether the room's public id may have changed on the way: in `link` mode a removal replaces it ({@link isOneRoom})
 * @throws QsecError `DECODE`, `VERSION`, `NAME`, `DUPLICATE`, `ROOM_FULL`, `EPOCH` where one does not lead to the next,
 * `BAD_SIG`, `ROOM`, `KEY_COMMIT`, `HISTORY` for an epoch whose members were told that nothing is kept
 */
export function checkPast(current: EpochCommit, past: readonly Share[], moves: boolean): void {
  let next = current;
  for (const { commit: encoded, signature, roomKey } of past) {
    const commit = decodeCommit(encoded);
    if (!equalBytes(commitHash(encoded), next.prev) || epochAfter(commit.epoch) !== next.epoch)
      throw new QsecError("EPOCH", "A past epoch does not lead to the one after it.");
    if (!verifyCommit(commit, encoded, signature))
      throw new QsecError("BAD_SIG", "A past epoch is not signed by the leader that it names.");
    if (moves ? !isOneRoom(commit, next) : !equalBytes(commit.rid, next.rid))
      throw new QsecError("ROOM", "A past epoch belongs to another room.");
    if (!equalBytes(keyCommitment(roomKey, commit), commit.keyCommitment))
      throw new QsecError("KEY_COMMIT", "A past room key is not the one that its epoch commits to.");
    if (!hasHistory(commit))
      throw new QsecError("HISTORY", "The key of an epoch in which history was off was kept and handed on.");
    next = commit;
  }
}

/**
 * Whether an epoch can be of the same room as the one that names it as the epoch before. A leader replaces the room's public
 * id, and its next epoch has the new one. If anybody could, a member of two rooms could hand on one as the past of the other.
 */
export function isOneRoom(before: EpochCommit, after: EpochCommit): boolean {
  return equalBytes(before.rid, after.rid) || equalBytes(before.roster[0].id, after.roster[0].id);
}
