import { QsecError } from "../wire/errors.js";

/** Returns `length` fresh random bytes that the caller owns. Tests pass a seeded generator, production the CSPRNG. */
export type RandomBytes = (length: number) => Uint8Array;

/** `crypto.getRandomValues` refuses more than this many bytes at once (Web Cryptography API, §10.1.1). */
const QUOTA = 65_536;

/** Requests up to this size are cut from a block. Keys are longer: they are asked for by themselves. */
const SMALL = 8;

/** What is left of a block of random bytes; bytes that were handed out are zeroed in it. */
const block = new Uint8Array(1024);
let left = 0;

/** A few bytes, as the coins of a simulation: asking the platform for each would take longer than all else. */
function fewBytes(length: number): Uint8Array {
  if (left < length) {
    globalThis.crypto.getRandomValues(block);
    left = block.length;
  }
  const taken = block.subarray(left - length, left);
  const out = taken.slice();
  taken.fill(0);
  left -= length;
  return out;
}

/** The platform's CSPRNG. */
export const secureRandom: RandomBytes = (length) => {
  if (length <= SMALL) return fewBytes(length);
  const out = new Uint8Array(length);
  for (let offset = 0; offset < length; offset += QUOTA) {
    globalThis.crypto.getRandomValues(out.subarray(offset, Math.min(offset + QUOTA, length)));
  }
  return out;
};

/**
 * Browsers offer WebCrypto in secure contexts only (https, or localhost).
 * @throws QsecError `insecure_context`
 */
export function requireSecureContext(): void {
  if (globalThis.crypto?.subtle === undefined) {
    throw new QsecError(
      "insecure_context",
      "Encryption is not available here: open the page over https (or on localhost), where browsers offer WebCrypto.",
    );
  }
}
