import { wipe } from "../crypto/wipe.js";
import type { HistoryOptions } from "./epoch-archive.js";
import { hasHistory, type EpochCommit } from "./epoch-commit.js";
import { pastThatFits, type Share } from "./share.js";

/**
 * The past epochs that a leader gives newcomers with the key of a new one: none unless it has chosen so and messages are
 * kept; the newest first, without a gap, as many as go into one SHARE. The caller wipes their keys.
 */
export async function pastToShare(
  history: HistoryOptions | undefined,
  commit: EpochCommit,
  share: Share,
): Promise<readonly Share[]> {
  if (history?.share !== true || !hasHistory(commit)) return [];
  const past = await history.archive.back(commit.prev);
  const fitting = pastThatFits(share, past);
  wipe(...past.slice(fitting.length).map(({ roomKey }) => roomKey));
  return fitting;
}
