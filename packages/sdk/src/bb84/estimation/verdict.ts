import { QBER_LIMIT_PERCENT } from "./parameter-estimation.js";

/**
 * What a run came to.
 *
 * - `key`: both sides have the same secret key
 * - `eavesdropper`: a sample has 11 % errors or more. From there on one who listens may know as much of the key as its
 *   receiver does, and one-way post-processing gives none (Shor and Preskill 2000)
 * - `noisy`: fewer errors than that, but not enough secret bits are left; more qubits may help
 * - `mismatch`: reconciliation left an error, which verification found; another run may go well
 */
export type Verdict = "key" | "eavesdropper" | "noisy" | "mismatch";

/** True at 11 % and above, decided on whole numbers; an empty sample says nothing. */
export function isEavesdropperLevel(errors: number, sampled: number): boolean {
  return sampled > 0 && errors * 100 >= QBER_LIMIT_PERCENT * sampled;
}
