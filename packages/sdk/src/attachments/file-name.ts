/** Names of files come from other people: what is shown and saved is never quite what they wrote. */

/** UTF-16 units, far below what any file system takes, so that something can be put before or behind it. */
export const FILE_NAME_MAX = 200;

/**
 * Controls; format characters such as bidi overrides and zero-width marks; half and private characters; line breaks; and
 * letters and signs that are blank, behind which an extension could be pushed out of sight.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800]/gu;
/** What Windows allows in no name. Both separators of paths are gone before. */
const RESERVED = /[<>:"|?*]/g;
/** Names of devices on Windows, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * A name that is safe to show and to save under: one path segment in NFC, without control, bidi and invisible
 * characters, not hidden, of at most 200 UTF-16 units with its extension kept; `file` when nothing is left.
 */
export function cleanFileName(name: string): string {
  const segment = name.split(/[/\\]/).at(-1)!;
  const visible = segment.replace(INVISIBLE, "").normalize("NFC").replace(RESERVED, "_").replace(/\s+/gu, " ");
  const bare = visible.replace(/^[. ]+/, "").replace(/[. ]+$/, "");
  if (bare === "") return "file";
  return shorten(DEVICE.test(bare) ? `_${bare}` : bare);
}

function shorten(name: string): string {
  if (name.length <= FILE_NAME_MAX) return name;
  const [extension] = /\.[\p{L}\p{N}]{1,10}$/u.exec(name) ?? [""];
  let stem = "";
  for (const character of name) {
    if (stem.length + character.length + extension.length > FILE_NAME_MAX) break;
    stem += character;
  }
  return stem.trimEnd() + extension;
}
