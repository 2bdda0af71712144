import type { Log, LogEntry } from "./entries.js";

/** Which rows are wanted. */
export const FILTERS = ["all", "exchange", "messages", "relay", "problems"] as const;
export type Filter = (typeof FILTERS)[number];

const MESSAGES: ReadonlySet<string> = new Set([
  "SENT",
  "RECEIVED",
  "CHAT",
  "DIRECT",
  "DELIVERED",
  "PUBLISHED",
  "HISTORY",
]);

function isWanted({ tag, level }: LogEntry, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "exchange":
      return tag.startsWith("BB84");
    case "messages":
      return MESSAGES.has(tag);
    case "relay":
      return tag === "RELAY";
    case "problems":
      return level === "warn" || level === "bad";
  }
}

/** The rows of a kind that have all words of the search in tag or text, whatever their case. */
export function rowsOf({ entries }: Log, filter: Filter, search: string): readonly LogEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (filter === "all" && words.length === 0) return entries;
  return entries.filter((entry) => {
    const text = `${entry.tag} ${entry.text}`.toLowerCase();
    return isWanted(entry, filter) && words.every((word) => text.includes(word));
  });
}

/** How many rows came after `frozen` was the whole log. */
export function newSince(frozen: Log, log: Log): number {
  return log.dropped + log.entries.length - (frozen.dropped + frozen.entries.length);
}

/** One line for each row, for the clipboard. */
export function asText(rows: readonly LogEntry[]): string {
  return rows.map(({ at, tag, text }) => `${new Date(at).toISOString()} [${tag}] ${text}\n`).join("");
}

/** One JSON object for each row and line. */
export function asJsonLines(rows: readonly LogEntry[]): string {
  const line = ({ at, level, tag, text }: LogEntry): string =>
    JSON.stringify({ at: new Date(at).toISOString(), level, tag, text });
  return rows.map((row) => `${line(row)}\n`).join("");
}
