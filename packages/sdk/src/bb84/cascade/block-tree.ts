/** Of a split: nothing is known; its first half was asked for; or the half is known, and its last bit says if it is odd. */
const UNKNOWN = 0;
const ASKED = 1;
const KNOWN = 2;

/**
 * What is known of the blocks of one pass: whether the number of errors in a block, and in the sub-blocks that were asked
 * for, is odd. A block of m bits is split into the first ⌊m/2⌋ and the rest, and so on; the parity of the rest follows
 * from the other two. A split is named by the position of its second half, which is its own.
 *
 * A *leaf* is a block or sub-block whose halves are not known. `seek` and `flip` leave theirs in `start`, `end`, `odd`.
 */
export class BlockTree {
  /** First position of the leaf. */
  start = 0;
  /** Position after the last of the leaf. */
  end = 0;
  /** Whether the leaf has an odd number of errors: 0 or 1. */
  odd = 0;
  readonly #blockSize: number;
  readonly #perPosition: number;
  readonly #length: number;
  readonly #blockOdd: Uint8Array;
  readonly #splits: Uint8Array;

  /** A tree where all blocks are even. */
  constructor(length: number, blockSize: number) {
    this.#length = length;
    this.#blockSize = blockSize;
    this.#perPosition = 1 / blockSize;
    this.#blockOdd = new Uint8Array(Math.ceil(length / blockSize));
    this.#splits = new Uint8Array(length);
  }

  get blocks(): number {
    return this.#blockOdd.length;
  }

  blockStart(block: number): number {
    return block * this.#blockSize;
  }

  blockEnd(block: number): number {
    return Math.min(this.#length, (block + 1) * this.#blockSize);
  }

  setBlock(block: number, odd: number): void {
    this.#blockOdd[block] = odd;
  }

  /** Whether the block that the position is in has an odd number of errors: 0 or 1. */
  blockOddAt(position: number): number {
    return this.#blockOdd[this.#blockAt(position)];
  }

  /** Goes to the leaf that the position is in. */
  seek(position: number): void {
    const splits = this.#splits;
    const block = this.#blockAt(position);
    let start = this.blockStart(block);
    let end = this.blockEnd(block);
    let odd = this.#blockOdd[block];
    for (let middle = middleOf(start, end); splits[middle] >= KNOWN; middle = middleOf(start, end)) {
      const firstOdd = splits[middle] & 1;
      if (position < middle) {
        end = middle;
        odd = firstOdd;
      } else {
        start = middle;
        odd ^= firstOdd;
      }
      if (end - start === 1) break;
    }
    this.#stay(start, end, odd);
  }

  /** Goes to an odd leaf of the odd block that the position is in: the first of them. */
  seekOdd(position: number): void {
    const splits = this.#splits;
    const block = this.#blockAt(position);
    let start = this.blockStart(block);
    let end = this.blockEnd(block);
    for (let middle = middleOf(start, end); splits[middle] >= KNOWN; middle = middleOf(start, end)) {
      if ((splits[middle] & 1) === 1) end = middle;
      else start = middle;
      if (end - start === 1) break;
    }
    this.#stay(start, end, 1);
  }

  /** Counts one error more or less at the position, in all that is known, and goes to the leaf that it is in. */
  flip(position: number): void {
    const splits = this.#splits;
    const block = this.#blockAt(position);
    let start = this.blockStart(block);
    let end = this.blockEnd(block);
    let odd = (this.#blockOdd[block] ^= 1);
    for (let middle = middleOf(start, end); splits[middle] >= KNOWN; middle = middleOf(start, end)) {
      if (position < middle) {
        end = middle;
        odd = (splits[middle] ^= 1) & 1;
      } else {
        start = middle;
        odd ^= splits[middle] & 1;
      }
      if (end - start === 1) break;
    }
    this.#stay(start, end, odd);
  }

  /** Where the leaf is split; its start where it has one bit. */
  get middle(): number {
    return middleOf(this.start, this.end);
  }

  /** Notes that the first half of the leaf is being asked for. @returns false if it was already */
  markAsked(middle: number): boolean {
    if (this.#splits[middle] !== UNKNOWN) return false;
    this.#splits[middle] = ASKED;
    return true;
  }

  /** Says of a leaf that was asked for whether its first half has an odd number of errors. */
  split(middle: number, odd: number): void {
    this.#splits[middle] = KNOWN | odd;
  }

  /** A product is faster than a quotient, and the half keeps it clear of rounding at the edge of a block. */
  #blockAt(position: number): number {
    return Math.floor((position + 0.5) * this.#perPosition);
  }

  #stay(start: number, end: number, odd: number): void {
    this.start = start;
    this.end = end;
    this.odd = odd;
  }
}

function middleOf(start: number, end: number): number {
  return start + ((end - start) >>> 1);
}
