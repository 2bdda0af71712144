import { compress } from "./compress.js";
import type { Transmission } from "./transmission.js";
import { ones } from "./words.js";

/** The keys of both sides after sifting, packed (`bits.ts`): the bits that were detected in the basis in which they were sent. */
export interface SiftedKeys {
  /** Bits in each key. */
  readonly length: number;
  /** The sender's bits, packed. */
  readonly alice: Uint8Array;
  /** The receiver's bits, packed. */
  readonly bob: Uint8Array;
}

/** Where a qubit was detected in the basis of its preparation, as a bit string in words. */
export function matchedMask({ sent, measured }: Transmission): Uint32Array {
  const mask = new Uint32Array(measured.detected.length);
  const { bases, detected } = measured;
  for (let w = 0; w < mask.length; w++) mask[w] = detected[w] & ~(sent.bases[w] ^ bases[w]);
  return mask;
}

/** Sifts all that matches, or the part of it that `mask` selects. */
export function siftKeys(transmission: Transmission, mask: Uint32Array = matchedMask(transmission)): SiftedKeys {
  const length = ones(mask);
  return {
    length,
    alice: compress(transmission.sent.bits, mask, length),
    bob: compress(transmission.measured.bits, mask, length),
  };
}
