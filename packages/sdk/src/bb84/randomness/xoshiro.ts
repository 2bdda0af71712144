/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018, Scrambled Linear Pseudorandom Number Generators): fast, repeatable, and
 * predictable, so for simulations only.
 * @param state four words, not all zero; not kept
 * @returns a function that fills words with the next outputs
 */
export function xoshiro128(state: readonly number[]): (words: Int32Array) => void {
  let [a, b, c, d] = state;
  return (words) => {
    for (let i = 0; i < words.length; i++) {
      const product = Math.imul(b, 5);
      words[i] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
  };
}
