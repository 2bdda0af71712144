import type { EpochDetail, MemberId } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import { day, list } from "../locale/format.js";
import { localDay, type Entry, type MessageEntry } from "./model/entries.js";

/** "bob joined · New room key, epoch 2" */
export function epochLine(epoch: EpochDetail, self: MemberId, leaderBefore: MemberId | null, words: Words): string {
  const { chat, language } = words;
  const names = (peers: EpochDetail["joined"]) =>
    peers.filter((peer) => peer.id !== self).map((peer) => called(peer.name, chat));
  const [joined, left] = [names(epoch.joined), names(epoch.left)];
  const parts: string[] = [];
  if (joined.length > 0) parts.push(chat.joined(list(joined, language)));
  if (left.length > 0) parts.push(chat.left(list(left, language)));
  if (leaderBefore !== null && leaderBefore !== epoch.leader.id)
    parts.push(chat.leads(list([called(epoch.leader.name, chat)], language)));
  if (chat.reasonOf[epoch.reason] !== "") parts.push(chat.reasonOf[epoch.reason]);
  parts.push(chat.epoch(epoch.number));
  return parts.join(" · ");
}

/** Who it is from. */
export function nameOf({ own, from }: Pick<MessageEntry, "own" | "from">, chat: Words["chat"]): string {
  return own ? chat.you : called(from.name, chat);
}

/** Nobody else can be "You": in quotation marks, which no name has, it is what somebody is called. */
function called(name: string, { you }: Words["chat"]): string {
  return name.toLowerCase() === you.toLowerCase() ? `“${name}”` : name;
}

/** What a line of the room says. */
export function systemLine(entry: Exclude<Entry, { kind: "message" }>, self: MemberId, words: Words): string {
  const { chat, language } = words;
  if (entry.kind === "epoch") return epochLine(entry.detail, self, entry.leaderBefore, words);
  if (entry.kind === "gap") return chat.gap(entry.missing);
  const name = list([nameOf(entry, chat)], language);
  if (entry.seconds === 0) return chat.lifetime.unset(name);
  return chat.lifetime.set(name, lengthOfTime(entry.seconds, language));
}

/** "Today", "Yesterday", or the date. */
export function dayLine(at: number, now: number, { chat, language }: Words): string {
  const ago = localDay(now) - localDay(at);
  if (ago === 0) return chat.today;
  return ago === 1 ? chat.yesterday : day(at, language);
}

const UNITS = [
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Seconds in the largest unit that needs no fraction: "5 minutes", "1 day". */
export function lengthOfTime(seconds: number, language?: string): string {
  const [unit, size] = UNITS.find(([, length]) => seconds >= length && seconds % length === 0) ?? ["second", 1];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}
