/**
 * GF(2⁶⁴) as polynomials over GF(2) modulo x⁶⁴ + x⁴ + x³ + x + 1 (the one of NIST SP 800-38B for blocks of 64 bits), in two
 * words of 32 bits: the first bit of `high` is the coefficient of x⁶³.
 */

const REDUCTION = 0b11011;

/** Multiplication by one element, which takes the same time for all: no step depends on a bit. */
export class FieldMultiplier {
  high = 0;
  low = 0;
  /** The element times x⁰ … x⁶³: high and low words. */
  readonly #powers = new Int32Array(128);

  constructor(high: number, low: number) {
    for (let i = 0; i < 128; i += 2) {
      this.#powers[i] = high;
      this.#powers[i + 1] = low;
      const carry = high >> 31;
      high = (high << 1) | (low >>> 31);
      low = (low << 1) ^ (carry & REDUCTION);
    }
  }

  /** Puts the product with (high, low) into the fields of that name. */
  multiply(high: number, low: number): void {
    const powers = this.#powers;
    let productHigh = 0;
    let productLow = 0;
    for (let i = 0; i < 64; i += 2) {
      const mask = -(low & 1);
      productHigh ^= powers[i] & mask;
      productLow ^= powers[i + 1] & mask;
      low >>= 1;
    }
    for (let i = 64; i < 128; i += 2) {
      const mask = -(high & 1);
      productHigh ^= powers[i] & mask;
      productLow ^= powers[i + 1] & mask;
      high >>= 1;
    }
    this.high = productHigh;
    this.low = productLow;
  }

  wipe(): void {
    this.#powers.fill(0);
    this.high = this.low = 0;
  }
}
