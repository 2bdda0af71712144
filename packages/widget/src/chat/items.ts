import type { EpochDetail, MemberId, MessageDetail } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import { list } from "../locale/format.js";

export interface MessageItem {
  readonly kind: "message";
  readonly id: string;
  readonly message: MessageDetail;
  /** True where a group of one sender's messages begins: there the name is shown. */
  readonly first: boolean;
}

/** A line of the room itself: who came and went, and that the key changed. */
export interface SystemItem {
  readonly kind: "system";
  readonly id: string;
  readonly text: string;
}

export type Item = MessageItem | SystemItem;

/** Messages of one sender further apart than this, ms, start a group of their own. */
const GROUP_TIME = 5 * 60_000;

export function appendMessage(items: readonly Item[], message: MessageDetail): readonly Item[] {
  const last = items.at(-1);
  const same =
    last?.kind === "message" &&
    last.message.from === message.from &&
    Math.abs(message.sentAt - last.message.sentAt) <= GROUP_TIME;
  const id = `${message.from}/${message.epoch}/${message.seq}`;
  return [...items, { kind: "message", id, message, first: !same }];
}

export function appendEpoch(
  items: readonly Item[],
  epoch: EpochDetail,
  self: MemberId,
  leaderBefore: MemberId | null,
  words: Words,
): readonly Item[] {
  return [
    ...items,
    { kind: "system", id: `epoch/${epoch.number}/${items.length}`, text: epochLine(epoch, self, leaderBefore, words) },
  ];
}

/** "bob joined · New room key, epoch 2" */
export function epochLine(epoch: EpochDetail, self: MemberId, leaderBefore: MemberId | null, words: Words): string {
  const { chat, language } = words;
  const names = (peers: EpochDetail["joined"]) => peers.filter((peer) => peer.id !== self).map((peer) => peer.name);
  const [joined, left] = [names(epoch.joined), names(epoch.left)];
  const parts: string[] = [];
  if (joined.length > 0) parts.push(chat.joined(list(joined, language)));
  if (left.length > 0) parts.push(chat.left(list(left, language)));
  if (leaderBefore !== null && leaderBefore !== epoch.leader.id) parts.push(chat.leads(epoch.leader.name));
  if (chat.reasonOf[epoch.reason] !== "") parts.push(chat.reasonOf[epoch.reason]);
  parts.push(chat.epoch(epoch.number));
  return parts.join(" · ");
}
