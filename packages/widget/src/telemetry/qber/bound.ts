import { rateOfKept, type RateInterval } from "@qsec2/sdk/bb84";
import type { Run } from "../run.js";

/** ε_sec of the engine's own estimate: each side of the interval fails with a probability of (ε_sec / 4)². */
const SECRECY = 1e-10;

/**
 * What the sample of a run says of the bits that were kept: the engine's exact bound for sampling without replacement.
 * Null until there is a sample.
 */
export function boundOf(run: Run | null): RateInterval | null {
  const { matched, sampled, errors } = run?.counts ?? {};
  if (matched === undefined || sampled === undefined || errors === undefined) return null;
  if (sampled < 1 || matched <= sampled || errors > sampled) return null;
  return rateOfKept("hypergeometric", matched - sampled, sampled, errors, SECRECY);
}
