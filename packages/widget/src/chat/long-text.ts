/** More than this is shown only when it is asked for. */
const CHARACTERS_MAX = 1_500;
const LINES_MAX = 20;

/** The beginning of a text that is too long to be shown at once, cut between words if there are any; null if it is not. */
export function beginningOf(text: string): string | null {
  const lines = text.split("\n", LINES_MAX + 1);
  if (text.length <= CHARACTERS_MAX && lines.length <= LINES_MAX) return null;
  const beginning = lines.slice(0, LINES_MAX).join("\n").slice(0, CHARACTERS_MAX);
  if (text.startsWith("\n", beginning.length)) return beginning;
  const space = beginning.search(/\s\S*$/u);
  // An address that is cut would lead elsewhere: what has no space is cut, and shown, as it comes.
  return space > 0 ? beginning.slice(0, space) : beginning;
}
