import { bytesForBits, setBit } from "../bits.js";
import type { WordStream } from "../randomness/word-stream.js";

/**
 * Chooses `size` of `count` places, each subset equally likely (Knuth, The Art of Computer Programming, volume 2, §3.4.2,
 * algorithm S): one pass, a draw of two words for each place.
 *
 * @returns a mask of `count` bits, packed
 */
export function chooseSubset(count: number, size: number, stream: WordStream): Uint8Array {
  const mask = new Uint8Array(bytesForBits(count));
  for (let place = 0, chosen = 0; chosen < size; place++) {
    if (stream.fraction() * (count - place) >= size - chosen) continue;
    setBit(mask, place);
    chosen++;
  }
  return mask;
}
