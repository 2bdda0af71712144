/** Bits in words of 32, the first bit of a word its highest: what makes the parity of a long block cheap. */

/** A word whose only one is bit `index` modulo 32. */
export function bitMask(index: number): number {
  return 0x80000000 >>> (index & 31);
}

/** The parity of the ones in a word. */
export function wordParity(word: number): number {
  let x = word ^ (word >>> 16);
  x ^= x >>> 8;
  x ^= x >>> 4;
  return (0x6996 >>> (x & 15)) & 1;
}

/** The parity of bits start … end − 1, at least one. */
export function rangeParity(words: Int32Array, start: number, end: number): number {
  const first = start >>> 5;
  const last = (end - 1) >>> 5;
  const head = -1 >>> (start & 31);
  const tail = -1 << (31 - ((end - 1) & 31));
  if (first === last) return wordParity(words[first] & head & tail);
  let sum = (words[first] & head) ^ (words[last] & tail);
  for (let i = first + 1; i < last; i++) sum ^= words[i];
  return wordParity(sum);
}

/** The parity of the bits of `words` that `mask` selects. */
export function maskParity(words: Int32Array, mask: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum ^= words[i] & mask[i];
  return wordParity(sum);
}

/** The number of ones in a word. */
export function wordWeight(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Writes bit indexes[i] of `source` to place i of `out`, which is zero there, for i from start to end − 1. */
export function gatherBits(out: Int32Array, source: Int32Array, indexes: Int32Array, start: number, end: number): void {
  let at = start;
  for (; at < end && (at & 31) !== 0; at++) out[at >>> 5] |= gathered(source, indexes[at]) << (31 - (at & 31));
  for (; at + 32 <= end; at += 32) {
    let word = 0;
    // Four at a time, which halves the time.
    for (let i = at; i < at + 32; i += 4) {
      word =
        (word << 4) |
        (gathered(source, indexes[i]) << 3) |
        (gathered(source, indexes[i + 1]) << 2) |
        (gathered(source, indexes[i + 2]) << 1) |
        gathered(source, indexes[i + 3]);
    }
    out[at >>> 5] = word;
  }
  for (; at < end; at++) out[at >>> 5] |= gathered(source, indexes[at]) << (31 - (at & 31));
}

function gathered(source: Int32Array, index: number): number {
  return (source[index >>> 5] << index) >>> 31;
}
