/**
 * What multiplies square blocks of a Toeplitz matrix with parts of a key. Words of 32 bits in one heap; places and sizes
 * are in words.
 *
 * A block of side k words has the bits d₀ … of its diagonals, 2k words of them: its row i and column j have d₍ᵢ₊ⱼ₎. (The
 * key comes in reverse, which turns the diagonals around: see `product.ts`.)
 */
export interface ToeplitzKernel {
  readonly name: string;
  /**
   * At least so many words, all zero. They are the kernel's own and the same at each call: whoever has taken them zeroes
   * them before they are taken again.
   */
  heap(words: number): Int32Array;
  /**
   * Adds the product of a block and a vector to `out`, modulo 2.
   * @param heap from `heap()`
   * @param out `side` words
   * @param diagonal 2·`side` words; some that follow are read, and do not matter
   * @param vector `side` words
   * @param side words, a multiple of 4, at least 4
   * @param scratch `kernelScratch(side)` words, written over
   */
  addProduct(heap: Int32Array, out: number, diagonal: number, vector: number, side: number, scratch: number): void;
}

/** Words of one row of the table, and of the sum: both are padded to a multiple of four. */
export function rowWords(side: number): number {
  return 2 * side + 4;
}

/** Words that a kernel needs besides: sixteen rows, a sum, and what is read past its end. */
export function kernelScratch(side: number): number {
  return 16 * rowWords(side) + side + 8;
}
