/** The room key of an epoch and its signed commit as one box that this device alone opens. */
import { openOnDevice, sealForDevice, type DeviceSealed } from "../crypto/device-seal.js";
import { SIGNATURE_BYTES } from "../crypto/signature.js";
import { wipe } from "../crypto/wipe.js";
import { concat, utf8 } from "../wire/bytes.js";
import { Reader } from "../wire/reader.js";
import { vec32 } from "../wire/writer.js";
import type { EpochKey } from "./epoch-key-store.js";

const ROOM_KEY_BYTES = 32;

/** @param hash base64url of the epoch's hash, to which the box is bound */
export function sealEpoch(hash: string, { commit, signature, roomKey }: EpochKey): Promise<DeviceSealed> {
  const plaintext = concat(vec32(commit), signature, roomKey);
  return sealForDevice(aadOf(hash), plaintext).finally(() => wipe(plaintext));
}

/** @throws QsecError `DECRYPT`, `DECODE` */
export async function openEpoch(hash: string, sealed: DeviceSealed): Promise<EpochKey> {
  const plaintext = await openOnDevice(aadOf(hash), sealed);
  try {
    const reader = new Reader(plaintext);
    const epoch = {
      commit: reader.vec32(),
      signature: reader.bytes(SIGNATURE_BYTES),
      roomKey: reader.bytes(ROOM_KEY_BYTES),
    };
    reader.end();
    return epoch;
  } finally {
    wipe(plaintext);
  }
}

function aadOf(hash: string): Uint8Array {
  return utf8(`qsec2/v1 kept epoch ${hash}`);
}
