import { pad, unpad } from "../wire/pad.js";
import { wipe } from "./wipe.js";

/**
 * Reads what a box held. Padding and content are zeroed afterwards, also when the content is refused: what `read` returns
 * must be copies.
 * @throws QsecError `PADDING`, or what `read` throws
 */
export function readPadded<T>(padded: Uint8Array, read: (content: Uint8Array) => T): T {
  let content: Uint8Array | null = null;
  try {
    content = unpad(padded);
    return read(content);
  } finally {
    wipe(padded, content);
  }
}

/** Pads a content and seals it; the padded copy is zeroed afterwards. The content stays the caller's. */
export async function sealPadded<T>(content: Uint8Array, seal: (padded: Uint8Array) => Promise<T>): Promise<T> {
  const padded = pad(content);
  return seal(padded).finally(() => wipe(padded));
}
