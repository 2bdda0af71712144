import type { Entry } from "./entries.js";

/** Finds a text wherever it stands, without regard to case; null for nothing to look for. */
export function finderOf(query: string): RegExp | null {
  const wanted = query.trim();
  return wanted === "" ? null : new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu");
}

/** Ids of the messages whose text, file name or sender's name has it, in the order of the list. */
export function search(entries: readonly Entry[], finder: RegExp): readonly string[] {
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.kind !== "message" || entry.deleted) continue;
    const { text, file, local, from } = entry;
    const name = file?.name ?? local?.name ?? "";
    if ([text, name, from.name].some((value) => value.search(finder) >= 0)) found.push(entry.id);
  }
  return found;
}

/** A text in pieces, those at odd places being what was looked for. */
export function splitByMatches(text: string, finder: RegExp | null): readonly string[] {
  if (finder === null) return [text];
  const pieces: string[] = [];
  let end = 0;
  for (const { index, 0: match } of text.matchAll(finder)) {
    pieces.push(text.slice(end, index), match);
    end = index + match.length;
  }
  return [...pieces, text.slice(end)];
}
