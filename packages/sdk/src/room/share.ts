/** The content of a SHARE record (protocol §6): a signed commit and the room key it commits to. */
import { SIGNATURE_BYTES } from "../crypto/signature.js";
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { Reader } from "../wire/reader.js";
import { u16, vec32 } from "../wire/writer.js";

export const ROOM_KEY_BYTES = 32;

export interface Share {
  /** The encoded EpochCommit, as it is signed. */
  readonly commit: Uint8Array;
  readonly signature: Uint8Array;
  readonly roomKey: Uint8Array;
}

/** vec32<EpochCommit> ‖ sig[64] ‖ room_key[32] ‖ u16 p, with p = 0: no past epochs. */
export function encodeShare({ commit, signature, roomKey }: Share): Uint8Array {
  return concat(vec32(commit), signature, roomKey, u16(0));
}

/** @throws QsecError `DECODE`. Past epochs (p > 0) belong to a shared history, which is off here. */
export function decodeShare(content: Uint8Array): Share {
  const reader = new Reader(content);
  const share = {
    commit: reader.vec32(),
    signature: reader.bytes(SIGNATURE_BYTES),
    roomKey: reader.bytes(ROOM_KEY_BYTES),
  };
  if (reader.u16() !== 0)
    throw new QsecError("DECODE", "A share carries past epochs, but history is off in this room.");
  reader.end();
  return share;
}
