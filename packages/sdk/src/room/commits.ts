/** Making a new epoch (protocol §7.1, §7.3). Pure but for the randomness that is passed in. */
import type { RandomBytes } from "../crypto/random.js";
import type { Self } from "../handshake/outcome.js";
import { equalBytes } from "../wire/bytes.js";
import {
  encodeCommit,
  epochAfter,
  HISTORY_ON,
  keyCommitment,
  rosterIndex,
  signCommit,
  type EpochCommit,
  type EpochReason,
  type RosterEntry,
} from "./epoch-commit.js";
import type { Held } from "./acceptance.js";
import { ROOM_KEY_BYTES, type Share } from "./share.js";

export interface CommitPlan {
  readonly rid: Uint8Array;
  readonly self: Self;
  readonly current: Held | null;
  readonly reason: EpochReason;
  readonly capacity: number;
  /** Whether members keep room keys and the relay keeps messages. @default false */
  readonly history?: boolean;
  readonly ms: number;
  /** Members of the current roster that go. */
  readonly remove: readonly Uint8Array[];
  /** Members that come, in order; one that is in the roster already keeps its place. */
  readonly add: readonly RosterEntry[];
  readonly random: RandomBytes;
}

/** The roster of the next epoch: self, those who stay in their old order, newcomers. */
export function nextRoster({
  self,
  current,
  remove,
  add,
}: Pick<CommitPlan, "self" | "current" | "remove" | "add">): RosterEntry[] {
  const own = { id: self.id, name: self.name };
  const gone = (id: Uint8Array) => equalBytes(id, self.id) || remove.some((other) => equalBytes(other, id));
  const stay = (current?.commit.roster ?? []).filter(({ id }) => !gone(id));
  const come = add.filter(({ id }) => rosterIndex(stay, id) < 0 && !equalBytes(id, self.id));
  return [own, ...stay, ...come];
}

/** A signed commit with a fresh room key, derived from nothing. */
export function makeCommit(plan: CommitPlan): { commit: EpochCommit; share: Share } {
  const { rid, self, current, reason, capacity, history = false, ms, random } = plan;
  const roomKey = random(ROOM_KEY_BYTES);
  const head = { rid, epoch: epochAfter(current?.commit.epoch ?? 0), prev: current?.hash ?? new Uint8Array(32) };
  const commit: EpochCommit = {
    ...head,
    ms,
    reason,
    flags: history ? HISTORY_ON : 0,
    capacity,
    keyCommitment: keyCommitment(roomKey, head),
    roster: nextRoster(plan),
  };
  const encoded = encodeCommit(commit);
  return { commit, share: { commit: encoded, signature: signCommit(self.seed, encoded), roomKey } };
}
