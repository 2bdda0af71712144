/**
 * Chance, as the comparison of a probability with a uniform number u of 48 bits: the event happens when u < p. Both
 * simulations, the bulk one and the exact one, decide like this and draw alike: nothing where p is 0 or 1, one bit of u
 * where p is ½, and otherwise bits of u, the highest first, until one differs from that of p.
 */
export const PRECISION = 48;
export const CERTAIN = 2 ** PRECISION;
export const FAIR = 2 ** (PRECISION - 1);

/** p·2⁴⁸, rounded: 0 … 2⁴⁸. */
export function thresholdOf(probability: number): number {
  return Math.min(CERTAIN, Math.max(0, Math.round(probability * CERTAIN)));
}

/** Bit `plane` of a threshold below 2⁴⁸; plane 0 is the highest one. */
export function bitOf(threshold: number, plane: number): 0 | 1 {
  return Math.floor(threshold / 2 ** (PRECISION - 1 - plane)) % 2 === 1 ? 1 : 0;
}
