/**
 * Packed bit strings: most significant bit first, unused bits of the last byte zero. This file is the only one that
 * knows the packing. A bit string of n bits is a `Uint8Array` of `bytesForBits`(n) bytes.
 */

export type Bit = 0 | 1;

/** ⌈n / 8⌉ */
export function bytesForBits(count: number): number {
  return (count + 7) >>> 3;
}

export function bitAt(bits: Uint8Array, index: number): Bit {
  return ((bits[index >>> 3] >>> (7 - (index & 7))) & 1) as Bit;
}

/** Sets a bit to 1. */
export function setBit(bits: Uint8Array, index: number): void {
  bits[index >>> 3] |= 0x80 >>> (index & 7);
}

/** Adds `bit` modulo 2. */
export function flipBit(bits: Uint8Array, index: number, bit: Bit = 1): void {
  bits[index >>> 3] ^= bit << (7 - (index & 7));
}

/** The number of ones (Hamming weight). */
export function weight(bits: Uint8Array): number {
  let ones = 0;
  for (let byte of bits) {
    for (; byte !== 0; byte &= byte - 1) ones++;
  }
  return ones;
}

/** The number of places where two bit strings of equal length differ (Hamming distance). */
export function distance(a: Uint8Array, b: Uint8Array): number {
  return weight(a.map((byte, i) => byte ^ b[i]));
}

/** The places of the ones, rising. */
export function positions(mask: Uint8Array): number[] {
  const out: number[] = [];
  for (let byte = 0; byte < mask.length; byte++) {
    if (mask[byte] === 0) continue;
    for (let bit = 0; bit < 8; bit++) if ((mask[byte] << bit) & 0x80) out.push(byte * 8 + bit);
  }
  return out;
}

/** The bits that the mask selects, in index order, packed anew. */
export function select(bits: Uint8Array, mask: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytesForBits(weight(mask)));
  let length = 0;
  for (let byte = 0; byte < mask.length; byte++) {
    if (mask[byte] === 0) continue;
    for (let bit = 0; bit < 8; bit++) {
      if (((mask[byte] << bit) & 0x80) === 0) continue;
      out[length >>> 3] |= ((bits[byte] >>> (7 - bit)) & 1) << (7 - (length & 7));
      length++;
    }
  }
  return out;
}

/** The inverse of {@link select}: puts packed bits back to the places of the mask's ones, zeros elsewhere. */
export function scatter(packed: Uint8Array, mask: Uint8Array): Uint8Array {
  const out = new Uint8Array(mask.length);
  positions(mask).forEach((place, i) => {
    if (bitAt(packed, i)) setBit(out, place);
  });
  return out;
}

/** a ∧ ¬b */
export function without(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte & ~b[i]);
}

/** True when every one of `a` is a one of `b`. */
export function isSubset(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => (byte & ~b[i]) === 0);
}

/** True for the one encoding of `count` bits: the right number of bytes, unused bits zero. */
export function isPackedBits(bits: Uint8Array, count: number): boolean {
  if (bits.length !== bytesForBits(count)) return false;
  return (count & 7) === 0 || (bits.at(-1)! & (0xff >>> (count & 7))) === 0;
}
