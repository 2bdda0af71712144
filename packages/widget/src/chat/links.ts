export type Piece = string | { readonly href: string; readonly text: string };

const CANDIDATE = /https?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/**
 * Splits a text into plain pieces and links. Only `http:` and `https:` addresses that parse become links; what cannot
 * be part of an address, such as direction marks, ends one. Nothing here makes HTML: the pieces are shown as text.
 */
export function linkPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = trimTail(match[0]);
    const href = hrefOf(shown);
    if (href === null) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push({ href, text: shown });
    end = match.index + shown.length;
  }
  if (end < text.length || pieces.length === 0) pieces.push(text.slice(end));
  return pieces;
}

/** Takes off the punctuation of the sentence around an address: "(see https://a.example/x)." */
function trimTail(address: string): string {
  let tail = address;
  for (;;) {
    const last = tail.at(-1) ?? "";
    const opener = CLOSERS[last];
    const unbalanced = opener !== undefined && count(tail, last) > count(tail, opener);
    if (!unbalanced && !/[.,;:!?…*_~]/u.test(last)) return tail;
    tail = tail.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  // A user part makes an address look like another one: https://bank.example@evil.example
  const plain = url.username === "" && url.password === "" && url.hostname !== "";
  return plain && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}
