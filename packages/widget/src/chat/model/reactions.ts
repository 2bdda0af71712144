import type { MemberId } from "@qsec2/sdk";

/** One member's reaction to a message; an empty emoji is one that was taken back. */
export interface Reaction {
  readonly from: MemberId;
  readonly name: string;
  readonly own: boolean;
  readonly emoji: string;
  /** Place of the event in its sender's chain: what came before it does not replace it. */
  readonly epoch: number;
  readonly seq: number;
}

/** All who reacted with one emoji. */
export interface Chip {
  readonly emoji: string;
  /** The others who gave it. */
  readonly names: readonly string[];
  /** Whether this person did. */
  readonly own: boolean;
}

/** Control, format, private and half characters, but not the joiner and the tags that emoji are made with. */
const INVISIBLE = /(?![\u200d\u{e0020}-\u{e007f}])\p{C}/gu;

/** A reaction as it may be shown: without direction marks and the like; empty when nothing is left to see. */
export function cleanEmoji(emoji: string): string {
  const visible = emoji.replace(INVISIBLE, "").trim();
  return /[^\p{C}\p{M}\p{Z}\p{DI}\u2800]/u.test(visible) ? visible : "";
}

/** No room has more people; who comes again and again as somebody else is to leave no more behind than a full one. */
const MEMBERS_MAX = 64;

/** The reactions with this one in the place of its sender's earlier one; the same list if it is no later than that. */
export function withReaction(reactions: readonly Reaction[], added: Reaction): readonly Reaction[] {
  const earlier = reactions.find(({ from }) => from === added.from);
  if (earlier === undefined) return [...reactions, added].slice(-MEMBERS_MAX);
  if (!isLater(added, earlier)) return reactions;
  return reactions.map((reaction) => (reaction === earlier ? added : reaction));
}

/** One chip for each emoji, the first that was given in front. */
export function chipsOf(reactions: readonly Reaction[]): readonly Chip[] {
  const chips = new Map<string, { emoji: string; names: string[]; own: boolean }>();
  for (const { emoji, name, own } of reactions) {
    if (emoji === "") continue;
    const chip = chips.get(emoji) ?? { emoji, names: [], own: false };
    if (own) chip.own = true;
    else chip.names.push(name);
    chips.set(emoji, chip);
  }
  return [...chips.values()];
}

/** Whether `a` stands behind `b` in the chains of one sender. */
export function isLater(a: { epoch: number; seq: number }, b: { epoch: number; seq: number }): boolean {
  return a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;
}
