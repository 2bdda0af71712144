import type { MemberView } from "@qsec2/sdk";

/** What this person can do about a member. */
export type MemberAction = "compare" | "verify" | "retry" | "remove";

/** What decides about it. */
export interface Standing {
  /** Ids of members whose emoji wait for this person. */
  readonly pending: ReadonlySet<string>;
  /** Ids of members whose emoji did not match: shut out for the session, there is nothing to retry. */
  readonly rejected: ReadonlySet<string>;
  /** This person leads the room. */
  readonly leading: boolean;
}

/** In the order in which they are offered. */
export function actionsFor(member: MemberView, standing: Standing): readonly MemberAction[] {
  if (member.you) return [];
  const actions: MemberAction[] = [];
  const step = nextStep(member, standing);
  if (step !== null) actions.push(step);
  // Who waits is in no roster yet: there is nothing to remove them from.
  if (standing.leading && member.badge !== "waiting") actions.push("remove");
  return actions;
}

function nextStep(member: MemberView, { pending, rejected }: Standing): MemberAction | null {
  if (pending.has(member.id)) return "compare";
  if (member.keyState === "active" && member.online && member.badge !== "verified") return "verify";
  return member.keyState === "aborted" && !rejected.has(member.id) ? "retry" : null;
}
