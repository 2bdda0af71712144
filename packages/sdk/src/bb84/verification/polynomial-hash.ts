import { QsecError } from "../../wire/errors.js";
import { bytesForBits, isPackedBits } from "../bits.js";
import type { UniversalHash } from "../laboratory/methods.js";
import { FIELD_BYTES, PolynomialValue } from "./polynomial.js";

const FIELD_BITS = FIELD_BYTES * 8;

/**
 * The hash by which two sides see that their keys are equal: the key as the coefficients of a polynomial over GF(2⁶⁴),
 * its value at a random point (Carter and Wegman 1979; den Boer 1993), once for every 64 bits of hash. The seed, the
 * points, is random and public, and is drawn when reconciliation is over: 8 bytes for every 64 bits, where a Toeplitz
 * matrix takes as many as the key has. The hash is told, and counts as leaked. No step depends on a bit of the key.
 *
 * {@link polynomialCollision} bounds the probability that keys that differ have the same hash, which is higher than
 * 2^−m. `hash` throws QsecError `bad_option` for bits or a seed of another size.
 */
export const polynomialHash: UniversalHash = {
  name: "polynomial over GF(2⁶⁴)",

  seedLength: (_inputBits, outputBits) => points(outputBits) * FIELD_BYTES,

  hash(input, inputBits, outputBits, seed) {
    if (!Number.isSafeInteger(outputBits) || outputBits < 1)
      throw new QsecError("bad_option", "A polynomial hash has at least one bit.");
    if (!isPackedBits(input, inputBits))
      throw new QsecError("bad_option", `The key does not have ${inputBits} packed bits.`);
    if (seed.length !== points(outputBits) * FIELD_BYTES)
      throw new QsecError("bad_option", `The seed of this hash has ${points(outputBits) * FIELD_BYTES} bytes.`);
    const out = new Uint8Array(bytesForBits(outputBits));
    for (let at = 0; at < seed.length; at += FIELD_BYTES) {
      const polynomial = new PolynomialValue(seed.subarray(at, at + FIELD_BYTES));
      polynomial.absorb(input);
      const value = polynomial.value();
      out.set(value.subarray(0, out.length - at), at);
      value.fill(0);
      polynomial.wipe();
    }
    if (outputBits & 7) out[out.length - 1] &= 0xff << (8 - (outputBits & 7));
    return out;
  },
};

/**
 * The most likely that keys of this length that differ have the same hash: (⌈n / 64⌉)ᵏ·2^−m for n bits of key, m of hash
 * and k points; at most 1. A hash of 64 bits keeps it below 10⁻¹⁵ for keys of up to 1.18 million bits.
 */
export function polynomialCollision(inputBits: number, outputBits: number): number {
  return Math.min(1, Math.ceil(inputBits / FIELD_BITS) ** points(outputBits) * 2 ** -outputBits);
}

function points(outputBits: number): number {
  return Math.ceil(outputBits / FIELD_BITS);
}
