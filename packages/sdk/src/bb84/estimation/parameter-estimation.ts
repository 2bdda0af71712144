import { QsecError } from "../../wire/errors.js";
import { distance, isPackedBits, positions, setBit } from "../bits.js";
import type { RandomBytes } from "../random.js";

/** A run is given up at 11 %, above which one-way post-processing yields no key (Shor and Preskill 2000). */
export const QBER_LIMIT_PERCENT = 11;

/** What a disclosed sample says of the bits that were kept. */
export interface Estimate {
  /** Bits compared. */
  readonly sampled: number;
  readonly errors: number;
  /** Quantum bit error rate of the sample, errors / sampled, 0 … 1. */
  readonly qber: number;
}

/**
 * Chooses `size` of the matched places, each subset equally likely: the first steps of a Fisher–Yates shuffle.
 *
 * A 48-bit draw modulo at most 2¹⁶ places favours some by less than 2⁻³²; rejecting draws would make their number,
 * which the test vectors fix, depend on chance.
 *
 * @returns a mask as long as `match`
 */
export function chooseSample(match: Uint8Array, size: number, random: RandomBytes): Uint8Array {
  const places = positions(match);
  const sample = new Uint8Array(match.length);
  for (let i = 0; i < size; i++) {
    const j = i + (u48(random(6)) % (places.length - i));
    const picked = places[j];
    places[j] = places[i]!;
    places[i] = picked;
    setBit(sample, picked);
  }
  return sample;
}

/** Compares two samples of `sampled` bits. */
export function qberOf(a: Uint8Array, b: Uint8Array, sampled: number): Estimate {
  const errors = distance(a, b);
  return { sampled, errors, qber: sampled === 0 ? 0 : errors / sampled };
}

/** @throws QsecError `DECODE` unless the other side's sample bits are `sampled` packed bits */
export function checkSampleBits(sampleBits: Uint8Array, sampled: number): void {
  if (!isPackedBits(sampleBits, sampled))
    throw new QsecError("DECODE", "The sample bits do not have the size of the sample.");
}

/** @throws QsecError `QBER` at or above 11 %, decided on whole numbers */
export function requireLowQber({ errors, sampled, qber }: Estimate): void {
  if (errors * 100 >= QBER_LIMIT_PERCENT * sampled) {
    throw new QsecError(
      "QBER",
      `The simulated channel shows ${(qber * 100).toFixed(1)} % errors (${errors} of ${sampled} sampled bits); a run is given up at ${QBER_LIMIT_PERCENT} %.`,
    );
  }
}

function u48(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
