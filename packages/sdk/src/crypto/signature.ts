/** Who said it: Ed25519 (RFC 8032), verified by the strict rules of the RFC, with a label before every message. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { concat } from "../wire/bytes.js";
import { label, type Label } from "./kdf.js";
import { wipe } from "./wipe.js";

export const SIGNATURE_BYTES = 64;
export const IDENTITY_BYTES = 32;

/** The 32-byte public key of a 32-byte seed. It is the member's id. */
export function identityOf(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

/** Sign(sk, l, m) = Ed25519(sk, label(l) ‖ m), 64 bytes. */
export function sign(seed: Uint8Array, name: Label, message: Uint8Array): Uint8Array {
  return withLabel(name, message, (labelled) => ed25519.sign(labelled, seed));
}

/** False for anything that is not a valid signature, also for malformed keys and signatures; never throws. */
export function verify(id: Uint8Array, name: Label, message: Uint8Array, signature: Uint8Array): boolean {
  return withLabel(name, message, (labelled) => verifyRaw(id, labelled, signature));
}

/** Ed25519 without a label, for the published vectors. ZIP-215's laxer rules would let one message have two signatures. */
export function verifyRaw(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // a key or signature that does not decode proves nothing, which is all the caller asks
  }
}

/** What is signed can hold a secret, so the copy of it does not stay. */
function withLabel<T>(name: Label, message: Uint8Array, use: (labelled: Uint8Array) => T): T {
  const labelled = concat(label(name), message);
  try {
    return use(labelled);
  } finally {
    wipe(labelled);
  }
}
