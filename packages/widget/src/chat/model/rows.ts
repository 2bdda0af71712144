import type { Entry, MessageEntry } from "./entries.js";

/** What stands in the list: an entry, or a line between two of them. */
export type Row =
  | { readonly kind: "entry"; readonly id: string; readonly entry: Entry; readonly first: boolean }
  | { readonly kind: "day"; readonly id: string; readonly at: number }
  | { readonly kind: "unread"; readonly id: string };

/** Messages of one sender further apart than this, ms, start a group of their own. */
const GROUP_TIME = 5 * 60_000;

/**
 * The rows of the entries from `start` to before `end`: a line in front of each new day and of the first unread message.
 * `first` is true where a group of one sender's messages begins: there the name is shown.
 */
export function rowsOf(entries: readonly Entry[], start: number, end: number, unread: string | null): readonly Row[] {
  const rows: Row[] = [];
  for (let index = start; index < end; index++) {
    const entry = entries[index];
    const before = entries[index - 1] as Entry | undefined;
    if (before === undefined || entry.day > before.day)
      rows.push({ kind: "day", id: `day/${entry.day}`, at: entry.at });
    if (entry.id === unread) rows.push({ kind: "unread", id: "unread" });
    const first = entry.kind === "message" && !(before?.kind === "message" && isGroup(before, entry));
    rows.push({ kind: "entry", id: entry.id, entry, first: first || entry.id === unread });
  }
  return rows;
}

function isGroup(before: MessageEntry, entry: MessageEntry): boolean {
  return before.from.id === entry.from.id && before.day === entry.day && Math.abs(entry.at - before.at) <= GROUP_TIME;
}
