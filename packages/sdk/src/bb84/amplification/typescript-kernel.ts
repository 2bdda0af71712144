import { rowWords, type ToeplitzKernel } from "./kernel.js";

/**
 * The kernel in plain TypeScript: the method of four Russians (Arlazarov, Dinic, Kronrod and Faradžev 1970) with tables
 * of four bits. Row v of the table is the sum of the diagonals shifted by 0, 1, 2 and 3 bits that the bits of v choose.
 * The columns 32a + 4p … 32a + 4p + 3 of a block add up to row v, v being the vector's bits there, moved by a words and
 * 4p bits. The moves by words are done in place, those by bits on the sum.
 */
export const typescriptKernel: ToeplitzKernel = {
  name: "TypeScript",

  heap: (words) => new Int32Array(words),

  addProduct(heap, out, diagonal, vector, side, table) {
    const row = rowWords(side);
    fillTable(heap, diagonal, row, table);
    const sum = table + 16 * row;
    heap.fill(0, sum, sum + side + 4);
    for (let shift = 0; shift < 32; shift += 4) {
      if (shift > 0) moveByFour(heap, sum, sum + side + 4);
      for (let a = 0; a < side; a += 4) {
        addRows(
          heap,
          sum,
          table + a + ((heap[vector + a] >>> shift) & 15) * row,
          table + a + 1 + ((heap[vector + a + 1] >>> shift) & 15) * row,
          table + a + 2 + ((heap[vector + a + 2] >>> shift) & 15) * row,
          table + a + 3 + ((heap[vector + a + 3] >>> shift) & 15) * row,
          side + 1,
        );
      }
    }
    for (let w = 0; w < side; w++) heap[out + w] ^= heap[sum + w];
  },
};

function fillTable(heap: Int32Array, diagonal: number, row: number, table: number): void {
  for (let w = 0; w < row; w++) {
    const word = heap[diagonal + w];
    const next = heap[diagonal + w + 1];
    const by1 = (word << 1) | (next >>> 31);
    const by2 = (word << 2) | (next >>> 30);
    const by3 = (word << 3) | (next >>> 29);
    // The highest of the four bits is the first, and is not shifted.
    const at = table + w;
    putRows(heap, at, row, 0, by2, by3);
    putRows(heap, at + 4 * row, row, by1, by2, by3);
    putRows(heap, at + 8 * row, row, word, by2, by3);
    putRows(heap, at + 12 * row, row, word ^ by1, by2, by3);
  }
}

/** One word of four rows, those of the same two high bits. */
function putRows(heap: Int32Array, at: number, row: number, base: number, by2: number, by3: number): void {
  heap[at] = base;
  heap[at + row] = base ^ by3;
  heap[at + 2 * row] = base ^ by2;
  heap[at + 3 * row] = base ^ by2 ^ by3;
}

/** A function of its own, as engines then keep the places in registers. */
function addRows(
  heap: Int32Array,
  sum: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
  count: number,
): void {
  for (let w = 0; w < count; w++)
    heap[sum + w] ^= heap[first + w] ^ heap[second + w] ^ heap[third + w] ^ heap[fourth + w];
}

function moveByFour(heap: Int32Array, start: number, end: number): void {
  for (let w = start; w < end; w++) heap[w] = (heap[w] << 4) | (heap[w + 1] >>> 28);
}
