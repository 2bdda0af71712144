/** The room key of an epoch and its signed commit as one box that this device alone opens. */
import { openOnDevice, sealForDevice, type DeviceSealed } from "../crypto/device-seal.js";
import { wipe } from "../crypto/wipe.js";
import { encodeEpoch, readEpoch } from "../room/share.js";
import { utf8 } from "../wire/bytes.js";
import { Reader } from "../wire/reader.js";
import type { EpochKey } from "./epoch-key-store.js";

/** @param hash base64url of the epoch's hash, to which the box is bound */
export function sealEpoch(hash: string, epoch: EpochKey): Promise<DeviceSealed> {
  const plaintext = encodeEpoch(epoch);
  return sealForDevice(aadOf(hash), plaintext).finally(() => wipe(plaintext));
}

/** @throws QsecError `DECRYPT`, `DECODE` */
export async function openEpoch(hash: string, sealed: DeviceSealed): Promise<EpochKey> {
  const plaintext = await openOnDevice(aadOf(hash), sealed);
  try {
    const reader = new Reader(plaintext);
    const epoch = readEpoch(reader);
    reader.end();
    return epoch;
  } finally {
    wipe(plaintext);
  }
}

function aadOf(hash: string): Uint8Array {
  return utf8(`qsec2/v1 kept epoch ${hash}`);
}
