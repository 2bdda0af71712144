import { QsecError } from "../../wire/errors.js";
import type { Estimate } from "../estimation/parameter-estimation.js";
import type { Profile } from "./profiles.js";
import type { Reconciled } from "../reconciliation.js";
import type { Sifting } from "./sifting.js";

/** What a run came to: its ledger, the same on both sides, and its key. */
export interface RunResult {
  /** Qubits sent. */
  readonly qubits: number;
  /** Bits whose bases agree. */
  readonly matched: number;
  /** Matched bits disclosed to estimate the error rate. */
  readonly sampled: number;
  /** Mismatches in the sample. */
  readonly errors: number;
  /** errors / sampled, 0 … 1 */
  readonly qber: number;
  /** Bits that were reconciled: those of `key`, or those that privacy amplification made it of. */
  readonly reconciled: number;
  /** Bits of information about the reconciled bits that the other side was told. */
  readonly leaked: number;
  /** Secret bits by the profile's formula, never negative. */
  readonly secret: number;
  /** The reconciled bits, or after privacy amplification 256 bits, packed. Owned by the run: its `wipe()` zeroes them. */
  readonly key: Uint8Array;
}

/** @throws QsecError `INSUFFICIENT` when fewer bits are secret than the profile asks for */
export function conclude(profile: Profile, sifting: Sifting, estimate: Estimate, reconciled: Reconciled): RunResult {
  const { length, leaked, key } = reconciled;
  const secret = profile.secretLength({ reconciled: length, leaked, ...estimate });
  if (secret < profile.minimumSecret) {
    throw new QsecError(
      "INSUFFICIENT",
      `The channel is too noisy for this many qubits: ${secret} secret bits instead of at least ${profile.minimumSecret}.`,
    );
  }
  const { matched, sampled, match } = sifting;
  const { errors, qber } = estimate;
  return { qubits: match.length * 8, matched, sampled, errors, qber, reconciled: length, leaked, secret, key };
}
