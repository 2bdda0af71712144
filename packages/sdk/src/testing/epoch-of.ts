import type { Self } from "../handshake/outcome.js";
import { makeCommit } from "../room/commits.js";
import { commitHash, type EpochCommit, type EpochReason } from "../room/epoch-commit.js";
import { Epoch } from "../room/epoch.js";
import type { Share } from "../room/share.js";
import { drbg } from "./drbg.js";

export interface MadeEpoch {
  readonly commit: EpochCommit;
  readonly share: Share;
  readonly held: { readonly commit: EpochCommit; readonly hash: Uint8Array };
  /** The epoch as this member holds it; each call is a fresh copy of all Chains. */
  as(self: Self): Epoch;
}

/** A signed epoch led by the first of `members`, on top of `current`. */
export function epochOf(
  rid: Uint8Array,
  members: readonly Self[],
  current: MadeEpoch["held"] | null = null,
  reason: EpochReason = "join",
  seed = "key",
): MadeEpoch {
  const [leader, ...rest] = members as [Self, ...Self[]];
  const remove = (current?.commit.roster ?? []).map(({ id }) => id);
  const { commit, share } = makeCommit({
    rid,
    self: leader,
    current,
    reason,
    capacity: 16,
    ms: 1_767_225_600_000,
    remove,
    add: rest.map(({ id, name }) => ({ id, name })),
    random: drbg(`${seed} ${members.length}`),
  });
  return {
    commit,
    share,
    held: { commit, hash: commitHash(share.commit) },
    as: (self) => new Epoch(commit, share.commit, share.roomKey.slice(), self.id),
  };
}
