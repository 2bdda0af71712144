/**
 * Sealing for this device alone: AES-256-GCM under a key that WebCrypto makes and never hands out. Such a key can be
 * stored (IndexedDB takes a `CryptoKey`) and used by this origin, but no script can read it.
 */
import { QsecError } from "../wire/errors.js";
import { AEAD_NONCE_BYTES } from "./aead.js";

export interface DeviceSealed {
  /** Not extractable; sealed this one box. */
  readonly key: CryptoKey;
  /** ciphertext ‖ tag */
  readonly box: Uint8Array;
}

type Buffer = Uint8Array<ArrayBuffer>;

/** Every box has a key of its own, so the one nonce is never used twice under a key. */
function parameters(aad: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: new Uint8Array(AEAD_NONCE_BYTES), additionalData: aad as Buffer };
}

/** Seals under a fresh key. @param aad what the box belongs to */
export async function sealForDevice(aad: Uint8Array, plaintext: Uint8Array): Promise<DeviceSealed> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const box = new Uint8Array(await crypto.subtle.encrypt(parameters(aad), key, plaintext as Buffer));
  return { key, box };
}

/** @throws QsecError `DECRYPT` */
export async function openOnDevice(aad: Uint8Array, { key, box }: DeviceSealed): Promise<Uint8Array> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(aad), key, box as Buffer));
  } catch (cause) {
    throw new QsecError("DECRYPT", "What this device has sealed does not open any more.", { cause });
  }
}
