/** The pairwise secret: X-Wing = ML-KEM-768 + X25519 (draft-connolly-cfrg-xwing-kem). */
import { ml_kem768_x25519 as xwing } from "@noble/post-quantum/hybrid.js";
import { QsecError } from "../wire/errors.js";

export const KEM_SEED_BYTES = 32;
export const KEM_PUBLIC_KEY_BYTES = 1216;
export const KEM_CIPHERTEXT_BYTES = 1120;
/** 32 bytes of ML-KEM message, then the 32-byte ephemeral X25519 secret. */
export const KEM_RANDOM_BYTES = 64;

export interface KemKeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

export function generateKemKeyPair(seed: Uint8Array): KemKeyPair {
  return xwing.keygen(seed);
}

/**
 * @throws QsecError `DECRYPT` when the public key is not one: a coefficient above q − 1 (FIPS 203 §7.2) or a low-order
 * X25519 point, which only an attacker sends.
 */
export function encapsulate(
  publicKey: Uint8Array,
  random: Uint8Array,
): { ciphertext: Uint8Array; sharedSecret: Uint8Array } {
  try {
    const { cipherText, sharedSecret } = xwing.encapsulate(publicKey, random);
    return { ciphertext: cipherText, sharedSecret };
  } catch (cause) {
    throw new QsecError("DECRYPT", "The announced public key is not valid.", { cause });
  }
}

/** @throws QsecError `DECRYPT` when the ciphertext is malformed. One that was made for another key yields another secret. */
export function decapsulate(ciphertext: Uint8Array, secretKey: Uint8Array): Uint8Array {
  try {
    return xwing.decapsulate(ciphertext, secretKey);
  } catch (cause) {
    throw new QsecError("DECRYPT", "The encapsulated key cannot be opened.", { cause });
  }
}
