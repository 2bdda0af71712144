/** Secret bits of a run, in the asymptotic formula of each profile: what the reconciled key holds less what was told. */

/** Bits by which the golay profile falls short of the asymptotic length, for verification and finite size. */
const GOLAY_MARGIN = 64;

/** h₂(p) = −p log₂ p − (1 − p) log₂(1 − p), in bits; 0 at both ends. */
export function binaryEntropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}

/** What a run has come to before its key length is known; bits. */
export interface RunCounts {
  /** Bits left after reconciliation. */
  readonly reconciled: number;
  /** Bits of information about the reconciled bits that the other side was told. */
  readonly leaked: number;
  /** Bits disclosed to estimate the error rate. */
  readonly sampled: number;
  /** Mismatches in the sample. */
  readonly errors: number;
  /** errors / sampled, 0 … 1 */
  readonly qber: number;
}

/** ℓ = 12k − ⌈24k·h₂(QBER)⌉ − 64 for k kept blocks, that is `reconciled` = 24k bits; never below 0. */
export function golaySecretLength({ reconciled, qber }: Pick<RunCounts, "reconciled" | "qber">): number {
  return Math.max(0, reconciled / 2 - Math.ceil(reconciled * binaryEntropy(qber)) - GOLAY_MARGIN);
}

/**
 * ⌊n·(1 − h₂(QBER))⌋ for n raw bits. There is no margin for the size of the sample, which is too small to carry one:
 * a count of bits to show, not a security claim.
 */
export function classicSecretLength({ reconciled, qber }: Pick<RunCounts, "reconciled" | "qber">): number {
  return Math.floor(reconciled * (1 - binaryEntropy(qber)));
}
