import type { Bit } from "../bits.js";

/**
 * Bit strings in words of 32 lanes, for work on 32 qubits at a time: qubit i is bit 31 − (i mod 32) of word ⌊i / 32⌋, so
 * that the words, written big-endian, are the packing of `bits.ts`. Unused lanes of the last word are zero.
 */
export const LANES = 32;

/** ⌈n / 32⌉ */
export function wordsFor(count: number): number {
  return Math.ceil(count / LANES);
}

/** The lanes of a word that are qubits: all of them, but for the last word of a run. */
export function usedLanes(count: number, word: number): number {
  const rest = count - word * LANES;
  return rest >= LANES ? -1 : -1 << (LANES - rest);
}

export function laneAt(words: Uint32Array, index: number): Bit {
  return ((words[index >>> 5] >>> (31 - (index & 31))) & 1) as Bit;
}

/** The number of ones in 32 bits (Warren, Hacker's Delight, chapter 5-1). */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x5555_5555);
  x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** The number of ones in all words. */
export function ones(words: Uint32Array): number {
  let count = 0;
  for (let w = 0; w < words.length; w++) count += popcount(words[w]);
  return count;
}
