import { wipe } from "../crypto/wipe.js";
import type { HistoryOptions } from "./epoch-archive.js";
import { decodeCommit, hasHistory, type EpochCommit } from "./epoch-commit.js";
import { isOneRoom } from "./past-epochs.js";
import { pastThatFits, type Share } from "./share.js";

/**
 * The past epochs that a leader gives newcomers with the key of a new one: none unless it has chosen so and messages are
 * kept; the newest first, without a gap, as many as newcomers would take and go into one SHARE. The caller wipes their keys.
 */
export async function pastToShare(
  history: HistoryOptions | undefined,
  commit: EpochCommit,
  share: Share,
): Promise<readonly Share[]> {
  if (history?.share !== true || !hasHistory(commit)) return [];
  const past = await history.archive.back(commit.prev);
  const fitting = pastThatFits(share, past.slice(0, lengthOfOneRoom(commit, past)));
  wipe(...past.slice(fitting.length).map(({ roomKey }) => roomKey));
  return fitting;
}

/** A leader that was lost right after it had replaced the room's public id leaves a step that newcomers have no reason to believe. */
function lengthOfOneRoom(commit: EpochCommit, past: readonly Share[]): number {
  let next = commit;
  for (const [n, share] of past.entries()) {
    const before = decodeCommit(share.commit);
    if (!isOneRoom(before, next)) return n;
    next = before;
  }
  return past.length;
}
