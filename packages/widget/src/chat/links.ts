export type Piece = string | { readonly href: string; readonly text: string };

const CANDIDATE = /https?:\/\/[^\s<>"'`\p{Cc}\p{Cf}]+/giu;
const CLOSERS = [")(", "][", "}{"];

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
    pieces.push({ href, text: withHost(shown, href) });
    end = match.index + shown.length;
  }
  if (end < text.length || pieces.length === 0) pieces.push(text.slice(end));
  return pieces;
}

/** A host in letters beyond ASCII may look like another one: what it is called in the net stands behind it. */
function withHost(shown: string, href: string): string {
  const { host } = new URL(href);
  return host.includes("xn--") && !shown.toLowerCase().includes(host) ? `${shown} (${host})` : shown;
}

/** Takes off the punctuation of the sentence around an address: "(see https://a.example/x)." Counts brackets once. */
function trimTail(address: string): string {
  const unopened = new Map<string, number>();
  for (const [closer, opener] of CLOSERS) unopened.set(closer, count(address, closer) - count(address, opener));
  for (let end = address.length; ; end--) {
    const last = address[end - 1];
    const surplus = unopened.get(last) ?? 0;
    if (surplus > 0) unopened.set(last, surplus - 1);
    else if (!/[.,;:!?…*_~]/u.test(last)) return address.slice(0, end);
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
