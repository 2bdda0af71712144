import { getBits, putBits, wordsForBits } from "../packed-words.js";
import { bitMask } from "./bit-words.js";

/** A key at work: its bits in words of 32. */
export class KeyBits {
  readonly length: number;
  readonly words: Int32Array;

  /** @param key packed, `length` bits; not changed */
  constructor(key: Uint8Array, length: number) {
    this.length = length;
    this.words = new Int32Array(wordsForBits(length));
    putBits(key, this.words);
  }

  flip(index: number): void {
    this.words[index >>> 5] ^= bitMask(index);
  }

  /** A new packed array. */
  pack(): Uint8Array {
    return getBits(this.words, this.length);
  }

  wipe(): void {
    this.words.fill(0);
  }
}
