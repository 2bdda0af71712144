/**
 * Tables for belief propagation in whole numbers. A check sends, to each of its bits, the log-likelihood ratio
 * φ⁻¹(Σ φ(|t|)) with φ(x) = φ⁻¹(x) = −ln tanh(x / 2) over its other bits' ratios t, and the product of their signs
 * (Gallager 1963). Ratios are in steps of 1/8; φ is in steps of 2⁻¹⁶ with the sign in the bits below it, so that one sum
 * adds up both.
 */

/** Steps of 1 in a log-likelihood ratio. */
export const RATIO_STEPS = 8;
/** A check's ratio is −127 … 127 steps: 15.9. */
const RATIO_MAX = 127;

/** The ratio of a bit that is known to be 0: more than checks can outvote, and with room for all of them in the table. */
export const KNOWN_RATIO = 1000;

/** Where ratio 0 is in {@link TERMS}. */
export const TERMS_CENTRE = 4096;

/** Bits below φ that count negative ratios; there is room for 127. */
export const SIGN_BITS = 7;

const PHI_STEPS = 2 ** 16;
/** Ratios above this have φ below half a step. */
const PHI_END = 255;
/** Ratio 0 says nothing, and φ is infinite there; it takes the value at this part of a step. */
const ZERO_RATIO = 0.35;

/** For a ratio r, at TERMS_CENTRE + r: φ(|r|) above {@link SIGN_BITS} bits that are 1 when r is negative. */
export const TERMS = Int32Array.from({ length: 2 * TERMS_CENTRE }, (_, i) => {
  const ratio = Math.min(PHI_END, Math.abs(i - TERMS_CENTRE)) || ZERO_RATIO;
  return (Math.round(PHI_STEPS * phi(ratio / RATIO_STEPS)) << SIGN_BITS) + (i < TERMS_CENTRE ? 1 : 0);
});

/** Leading bits of a sum of φ that decide its ratio. */
const MANTISSA_BITS = 6;

/** 32 − (leading bits kept): a sum s with z leading zeros is shifted right by MANTISSA_SHIFT − z. */
export const MANTISSA_SHIFT = 32 - MANTISSA_BITS;

/**
 * For a sum s of φ shifted right by e ≥ 0 to six bits m, at 32·e + m: φ⁻¹ in steps. (Where e > 0, m is at least 32, so no
 * two sums share a place.)
 */
export const RATIOS = Int8Array.from({ length: 32 * (MANTISSA_SHIFT + 2) }, (_, i) => {
  const exponent = i < 64 ? 0 : (i >>> 5) - 1;
  const mantissa = i - 32 * exponent;
  const sum = exponent === 0 ? mantissa : (mantissa + 0.5) * 2 ** exponent;
  return sum === 0 ? RATIO_MAX : Math.min(RATIO_MAX, Math.round(RATIO_STEPS * phi(sum / PHI_STEPS)));
});

function phi(x: number): number {
  return -Math.log(Math.tanh(x / 2));
}
