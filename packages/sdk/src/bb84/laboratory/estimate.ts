import { rateOfKept } from "../estimation/error-bound.js";
import { boundMode, securityParameters, type SecurityParameters } from "../estimation/finite-key.js";
import { isEavesdropperLevel } from "../estimation/verdict.js";
import { onlyKnown } from "../options.js";
import type { Disclosure, Sample } from "./disclosure.js";
import type { EstimationOptions } from "./options.js";

/** What the disclosed bits say. Rates are 0 … 1. */
export interface ExchangeEstimate extends Sample {
  /** Error rate of the sample of the key's bits, errors / sampled; 0 without a sample. */
  readonly qber: number;
  /** The sample that bounds what an eavesdropper knows; the same one with even bases. */
  readonly phases: Sample;
  /** The error rate in the other basis of the raw key is between these, but for a probability of `failure` each. */
  readonly low: number;
  /** Upper bound. */
  readonly high: number;
  /** Probability that a bound is wrong. */
  readonly failure: number;
  /** Whether either sample has 11 % errors or more: the run is to be given up. */
  readonly eavesdropper: boolean;
}

/**
 * Parameter estimation: what a sample says of the bits that were kept.
 *
 * @param disclosure of {@link disclose}; the keys in it are not read
 * @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range
 */
export function estimateErrors(
  { raw, bits, phases }: Disclosure,
  options: Pick<EstimationOptions, "bound"> & { readonly security?: SecurityParameters } = {},
): ExchangeEstimate {
  onlyKnown("estimateErrors", options, ["bound", "security"]);
  const { secrecy } = securityParameters(options.security);
  const interval = rateOfKept(boundMode(options.bound), raw.length, phases.sampled, phases.errors, secrecy);
  const qber = bits.sampled === 0 ? 0 : bits.errors / bits.sampled;
  const eavesdropper = [bits, phases].some(({ errors, sampled }) => isEavesdropperLevel(errors, sampled));
  return { ...bits, qber, phases, ...interval, eavesdropper };
}
