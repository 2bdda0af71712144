import { bitAt, bytesForBits } from "../bits.js";
import { LANES, wordsFor } from "../physics/words.js";
import type { UniversalHash } from "./methods.js";

/**
 * Multiplication with a random Toeplitz matrix (Krawczyk 1994), row by row of the definition: bit i of the result is
 * ⊕ⱼ s[i − j + n − 1]·x[j], for n bits of input x and the n + m − 1 bits of the seed s. It needs n·m / 64 steps, which is
 * quick up to some ten thousand bits.
 */
export const directToeplitz: UniversalHash = {
  name: "toeplitz, direct",
  seedLength: (inputBits, outputBits) => bytesForBits(Math.max(0, inputBits + outputBits - 1)),
  hash(input, inputBits, outputBits, seed) {
    const diagonal = wordsOf(seed, wordsFor(inputBits + outputBits) + 1);
    const out = new Uint32Array(wordsFor(outputBits));
    for (let j = 0; j < inputBits; j++) {
      if (bitAt(input, j) === 0) continue;
      const first = inputBits - 1 - j;
      const [at, shift] = [first >>> 5, first & (LANES - 1)];
      // A shift by 32 would be one by 0: two shifts bring in nothing where `shift` is 0.
      for (let w = 0; w < out.length; w++)
        out[w] ^= (diagonal[at + w] << shift) | ((diagonal[at + w + 1] >>> 1) >>> (LANES - 1 - shift));
    }
    const hashed = bytesOf(out, outputBits);
    out.fill(0);
    return hashed;
  },
};

function wordsOf(bytes: Uint8Array, count: number): Uint32Array {
  const padded = new Uint8Array(count * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  return Uint32Array.from({ length: count }, (_, w) => view.getUint32(w * 4));
}

function bytesOf(words: Uint32Array, bits: number): Uint8Array {
  const out = new Uint8Array(bytesForBits(bits));
  for (let i = 0; i < out.length; i++) out[i] = words[i >>> 2] >>> (24 - 8 * (i & 3));
  if (bits & 7) out[out.length - 1] &= 0xff << (8 - (bits & 7));
  return out;
}
