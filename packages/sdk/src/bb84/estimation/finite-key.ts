import { QsecError } from "../../wire/errors.js";
import { integerIn, numberIn, onlyKnown } from "../options.js";
import { binaryEntropy } from "../secret-length.js";
import { rateOfKept, rateOfRest, type BoundMode } from "./error-bound.js";

/** How far from perfect a key may be. */
export interface SecurityParameters {
  /** ε_sec, how far the key may be from one that is uniform and unknown to an eavesdropper; 1e-30 … 0.1. @default 1e-10 */
  readonly secrecy?: number;
  /** ε_cor, the probability that the two keys differ; 1e-30 … 0.1. @default 1e-15 */
  readonly correctness?: number;
}

/** @throws QsecError `bad_option` for a number out of range or an unknown option */
export function securityParameters(security: SecurityParameters = {}): Required<SecurityParameters> {
  onlyKnown("security", security, ["secrecy", "correctness"]);
  return {
    secrecy: numberIn("security.secrecy", security.secrecy ?? 1e-10, 1e-30, 0.1),
    correctness: numberIn("security.correctness", security.correctness ?? 1e-15, 1e-30, 0.1),
  };
}

/** h₂(p), and 1 from ½ on: what may be wrong as often as not says nothing. */
export function phaseEntropy(rate: number): number {
  return rate >= 0.5 ? 1 : binaryEntropy(rate);
}

/** The bits that privacy amplification gives up beyond the leaks, log₂(2 / ε_sec²). */
export function amplificationCost(secrecy: number): number {
  return Math.log2(2 / secrecy ** 2);
}

/** What the secret length of a finite key depends on. */
export interface SecretLengthInput {
  /** n, bits of the raw key, which were not disclosed. */
  readonly kept: number;
  /** k, bits that were disclosed to estimate the error rate. */
  readonly sampled: number;
  /** Of the sample, 0 … k. A fraction, as an expected number, is taken too. */
  readonly errors: number;
  /** leak_EC, bits that reconciliation told. */
  readonly leaked: number;
  /** Bits of the raw key that reconciliation dropped, 0 … n; the key is made of the others. @default 0 */
  readonly dropped?: number;
  /** @default "hypergeometric" */
  readonly mode?: BoundMode;
  readonly security?: SecurityParameters;
}

/**
 * The finite-key length before it is rounded down, negative where there is no key (Tomamichel, Lim, Gisin and Renner 2012,
 * equation 2): ℓ ≤ n·(1 − h₂(Q + μ)) − leak_EC − log₂(2 / (ε_sec²·ε_cor)).
 *
 * The rate of the sample stands for the rate that the paper fixes before the run. Bits that were dropped take none of the
 * errors with them.
 *
 * @returns bits
 * @throws QsecError `bad_option` for a number out of range
 */
export function finiteKeyLength(input: SecretLengthInput): number {
  onlyKnown("finiteKeyLength", input, ["kept", "sampled", "errors", "leaked", "dropped", "mode", "security"]);
  const kept = integerIn("kept", input.kept, 0, Number.MAX_SAFE_INTEGER);
  const sampled = integerIn("sampled", input.sampled, 0, Number.MAX_SAFE_INTEGER);
  const errors = numberIn("errors", input.errors, 0, sampled);
  const leaked = numberIn("leaked", input.leaked, 0, Infinity);
  const left = kept - integerIn("dropped", input.dropped ?? 0, 0, kept);
  const { secrecy, correctness } = securityParameters(input.security);
  const high = expectedHigh(boundMode(input.mode), kept, sampled, errors, secrecy);
  return (
    left * (1 - phaseEntropy(rateOfRest(high, kept, left))) -
    leaked -
    amplificationCost(secrecy) -
    Math.log2(1 / correctness)
  );
}

/** @throws QsecError `bad_option` for another word */
export function boundMode(mode: BoundMode = "hypergeometric"): BoundMode {
  if (mode !== "serfling" && mode !== "hypergeometric")
    throw new QsecError("bad_option", "The bound must be 'serfling' or 'hypergeometric'.");
  return mode;
}

/** The upper bound; between whole numbers of errors, for planning, the line between their bounds. */
function expectedHigh(mode: BoundMode, kept: number, sampled: number, errors: number, secrecy: number): number {
  const below = Math.floor(errors);
  if (mode === "serfling" || below === errors) return rateOfKept(mode, kept, sampled, errors, secrecy).high;
  const [low, high] = [below, below + 1].map((count) => rateOfKept(mode, kept, sampled, count, secrecy).high);
  return low + (errors - below) * (high - low);
}
