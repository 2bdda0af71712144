import { wordsForBits } from "../packed-words.js";
import { bitMask, gatherBits, maskParity, rangeParity } from "./bit-words.js";
import type { KeyBits } from "./key-bits.js";
import type { PassLayout } from "./layout.js";

/** One side's key as a pass lays it out, kept in step with the key. */
export class PassBits {
  readonly #key: KeyBits;
  readonly #layout: PassLayout;
  readonly #words: Int32Array;
  /** Which halves `#words` has. */
  readonly #gathered: [boolean, boolean];
  #isWhole: boolean;

  constructor(key: KeyBits, layout: PassLayout) {
    this.#key = key;
    this.#layout = layout;
    this.#words = layout.isIdentity ? key.words.slice() : new Int32Array(wordsForBits(key.length));
    this.#isWhole = layout.halves === null;
    this.#gathered = [this.#isWhole, this.#isWhole];
    if (this.#isWhole && !layout.isIdentity) this.#gather(0, key.length);
  }

  /** The parity of the key bits at positions start … end − 1, which lie in one block. */
  parity(start: number, end: number): number {
    return this.#isWhole ? rangeParity(this.#words, start, end) : this.#parityInHalf(start, end);
  }

  /** Follows a change of the key bit at this position. */
  flip(position: number): void {
    if (this.#isWhole || this.#gathered[this.#halfOf(position)]) this.#words[position >>> 5] ^= bitMask(position);
  }

  wipe(): void {
    this.#words.fill(0);
  }

  #parityInHalf(start: number, end: number): number {
    const { halves, blockSize, length } = this.#layout;
    const half = this.#halfOf(start);
    if (!this.#gathered[half]) {
      const from = half * blockSize;
      const to = half === 0 ? blockSize : length;
      if (halves !== null && start === from && end === to) return maskParity(this.#key.words, halves[half]);
      this.#layout.order(start);
      this.#gather(from, to);
      this.#gathered[half] = true;
      this.#isWhole = this.#gathered[0] && this.#gathered[1];
    }
    return rangeParity(this.#words, start, end);
  }

  #halfOf(position: number): 0 | 1 {
    return position < this.#layout.blockSize ? 0 : 1;
  }

  #gather(start: number, end: number): void {
    gatherBits(this.#words, this.#key.words, this.#layout.indexes, start, end);
  }
}
