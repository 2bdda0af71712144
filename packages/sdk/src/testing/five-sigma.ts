import assert from "node:assert/strict";

/** Asserts that a relative frequency is within five standard deviations of its probability; exactly at 0 and 1. */
export function withinFiveSigma(hits: number, trials: number, probability: number, what: string = ""): void {
  const sigma = Math.sqrt((probability * (1 - probability)) / trials);
  const off = Math.abs(hits / trials - probability);
  assert.ok(
    trials > 0 && off <= 5 * sigma + Number.EPSILON,
    `${what} ${hits} of ${trials} is ${(off / sigma).toFixed(1)}σ from ${probability}`,
  );
}
