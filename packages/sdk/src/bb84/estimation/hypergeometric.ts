/** Sampling without replacement, exactly: the hypergeometric distribution and what its tails say about the rest. */

/**
 * ln Pr[X ≤ x] for the number X of errors in a sample of `drawn` out of `total` bits of which `marked` are wrong.
 * @returns −Infinity where it cannot be, 0 where it is certain
 */
export function logHypergeometricCdf(x: number, total: number, marked: number, drawn: number): number {
  const lowest = Math.max(0, drawn - (total - marked));
  const highest = Math.min(marked, drawn);
  if (x < lowest) return -Infinity;
  if (x >= highest) return 0;
  // Summed from x downwards, relative to the term at x: below the mean, where tails are asked for, terms fall from there.
  const logTerm = logChoose(marked, x) + logChoose(total - marked, drawn - x) - logChoose(total, drawn);
  let term = 1;
  let sum = 1;
  for (let i = x; i > lowest && term > sum * Number.EPSILON; i--) {
    term *= (i * (total - marked - drawn + i)) / ((marked - i + 1) * (drawn - i + 1));
    sum += term;
  }
  return Math.min(0, logTerm + Math.log(sum));
}

/**
 * The largest number of errors in the `kept` bits that a sample with `errors` among `sampled` bits leaves possible: with more
 * of them, so few in the sample would have a probability of at most e^`logFailure`.
 * @returns errors in the kept bits, 0 … `kept`
 */
export function mostErrorsKept(kept: number, sampled: number, errors: number, logFailure: number): number {
  const isPossible = (inKept: number) =>
    logHypergeometricCdf(errors, kept + sampled, errors + inKept, sampled) > logFailure;
  return lastTrue(0, kept, isPossible);
}

/**
 * The smallest number of errors in the `kept` bits that the sample leaves possible, by the other tail.
 * @returns errors in the kept bits, 0 … `kept`
 */
export function fewestErrorsKept(kept: number, sampled: number, errors: number, logFailure: number): number {
  // At least so many errors in the sample are at most so many right bits.
  return kept - mostErrorsKept(kept, sampled, sampled - errors, logFailure);
}

/** The last whole number from `low` to `high` of a range that begins with those that hold; `low` if none does. */
function lastTrue(low: number, high: number, holds: (value: number) => boolean): number {
  let [yes, no] = [low, high + 1];
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** ln n!, by Stirling's series from 16 on (error below 1e-12) and by products below. */
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + series;
}
