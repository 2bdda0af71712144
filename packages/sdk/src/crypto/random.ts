import { QsecError } from "../wire/errors.js";

/** Returns `length` fresh random bytes that the caller owns. Tests pass a seeded generator, production the CSPRNG. */
export type RandomBytes = (length: number) => Uint8Array;

/** `crypto.getRandomValues` refuses more than this many bytes at once (Web Cryptography API, §10.1.1). */
const QUOTA = 65_536;

/** The platform's CSPRNG. */
export const secureRandom: RandomBytes = (length) => {
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
