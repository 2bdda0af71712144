/**
 * The extended binary Golay code [24, 12, 8] by syndromes (Golay 1949; MacWilliams and Sloane, chapter 20). A word is
 * an integer of 24 bits.
 */

/** g(x) = x¹¹ + x¹⁰ + x⁶ + x⁵ + x⁴ + x² + 1 */
const GENERATOR = 0xc75;
/** C(24,0) + C(24,1) + C(24,2) + C(24,3) = 1 + 24 + 276 + 2024; distance 8 makes their syndromes distinct. */
const CORRECTABLE_PATTERNS = 2325;
const NO_PATTERN = -1;

/** syn(w) = (s11 << 1) | p: s11 = (w >> 1)(x) mod g(x), p the parity of all 24 bits. 0 … 4095. */
export function golaySyndrome(word: number): number {
  let remainder = word >>> 1;
  for (let degree = 22; degree >= 11; degree--) {
    if ((remainder >>> degree) & 1) remainder ^= GENERATOR << (degree - 11);
  }
  return (remainder << 1) | parity(word);
}

/**
 * The error pattern of weight at most 3 with this syndrome, or null: then the error has weight 4 or more.
 * @param syndrome 0 … 4095
 */
export function golayErrorPattern(syndrome: number): number | null {
  patterns ??= buildPatterns();
  const pattern = patterns[syndrome];
  return pattern === NO_PATTERN ? null : pattern;
}

let patterns: Int32Array | undefined;

function buildPatterns(): Int32Array {
  const table = new Int32Array(4096).fill(NO_PATTERN);
  table[0] = 0;
  for (let a = 0; a < 24; a++) {
    for (let b = 0; b <= a; b++) {
      for (let c = 0; c <= b; c++) {
        // a = b = c is weight 1, b = c < a weight 2, all distinct weight 3; a = b > c would be weight 1 again
        if (a === b && b !== c) continue;
        const pattern = (1 << a) | (1 << b) | (1 << c);
        table[golaySyndrome(pattern)] = pattern;
      }
    }
  }
  const found = table.reduce((count, pattern) => count + (pattern === NO_PATTERN ? 0 : 1), 0);
  if (found !== CORRECTABLE_PATTERNS)
    throw new Error(`The Golay table has ${found} patterns instead of ${CORRECTABLE_PATTERNS}.`);
  return table;
}

function parity(word: number): number {
  let x = word ^ (word >>> 16);
  x ^= x >>> 8;
  x ^= x >>> 4;
  x ^= x >>> 2;
  return (x ^ (x >>> 1)) & 1;
}
