import { fewestErrorsKept, mostErrorsKept } from "./hypergeometric.js";

/**
 * How the error rate of the bits that stay secret follows from that of a random sample.
 *
 * - `serfling`: the sample's rate + μ (Tomamichel, Lim, Gisin and Renner 2012, Nat. Commun. 3:634, by Serfling's inequality)
 * - `hypergeometric`: the exact tail of sampling without replacement, which needs about half of the qubits
 *
 * Both fail with a probability of at most (ε_sec / 4)².
 */
export type BoundMode = "serfling" | "hypergeometric";

/** μ = √( (n + k)/(n·k) · (k + 1)/k · ln(4/ε_sec) ), for n kept and k sampled bits; Infinity without a sample. */
export function serflingDeviation(kept: number, sampled: number, secrecy: number): number {
  if (kept === 0 || sampled === 0) return Infinity;
  return Math.sqrt(((kept + sampled) / (kept * sampled)) * ((sampled + 1) / sampled) * Math.log(4 / secrecy));
}

/** What a sample says of the bits that were kept. Rates are 0 … 1. */
export interface RateInterval {
  /** The kept bits have at least this error rate … */
  readonly low: number;
  /** … and at most this one, each with this confidence: 1 − (ε_sec / 4)². */
  readonly high: number;
  /** (ε_sec / 4)²: the probability with which each bound may fail. */
  readonly failure: number;
}

/**
 * Between which error rates the kept bits lie by what the sample says.
 *
 * @param kept n, bits that were not disclosed
 * @param sampled k, bits that were; with none of them every rate is possible
 * @param errors in the sample, 0 … k
 * @param secrecy ε_sec
 */
export function rateOfKept(
  mode: BoundMode,
  kept: number,
  sampled: number,
  errors: number,
  secrecy: number,
): RateInterval {
  const failure = (secrecy / 4) ** 2;
  if (kept === 0 || sampled === 0) return { low: 0, high: 1, failure };
  if (mode === "serfling") {
    const [rate, deviation] = [errors / sampled, serflingDeviation(kept, sampled, secrecy)];
    return { low: Math.max(0, rate - deviation), high: Math.min(1, rate + deviation), failure };
  }
  const logFailure = 2 * Math.log(secrecy / 4);
  return {
    low: fewestErrorsKept(kept, sampled, errors, logFailure) / kept,
    high: mostErrorsKept(kept, sampled, errors, logFailure) / kept,
    failure,
  };
}

/**
 * A bound on the error rate of the bits that are left when some of the kept ones were dropped. Which ones may depend on their
 * errors, so that all of them may be among those that are left.
 *
 * @param high a bound on the rate of all `kept` bits
 * @param left at most `kept`
 * @returns 0 … 1
 */
export function rateOfRest(high: number, kept: number, left: number): number {
  return left === 0 ? 1 : Math.min(1, (high * kept) / left);
}
