/** Every encryption of the protocol: AES-256-GCM by WebCrypto, 32-byte key, 12-byte nonce, 16-byte tag. */
import { QsecError } from "../wire/errors.js";

export const AEAD_KEY_BYTES = 32;
export const AEAD_NONCE_BYTES = 12;
export const AEAD_TAG_BYTES = 16;

type Buffer = Uint8Array<ArrayBuffer>; // what WebCrypto's types ask for; no view of ours is over shared memory

function importKey(key: Uint8Array, usage: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key as Buffer, "AES-GCM", false, [usage]);
}

function parameters(nonce: Uint8Array, aad: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: nonce as Buffer, additionalData: aad as Buffer, tagLength: AEAD_TAG_BYTES * 8 };
}

/** Returns ciphertext ‖ tag. */
export async function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const handle = await importKey(key, "encrypt");
  return new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, aad), handle, plaintext as Buffer));
}

/** @throws QsecError `DECRYPT` when the tag does not match. */
export async function open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, box: Uint8Array): Promise<Uint8Array> {
  const handle = await importKey(key, "decrypt");
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, aad), handle, box as Buffer));
  } catch (cause) {
    throw new QsecError("DECRYPT", "A sealed message does not open with its key.", { cause });
  }
}
