/** What the next run of a handshake takes after one that gave no key (protocol §5.5). Pure. */
import { ldpcQubits, PROFILES, type ProfileName } from "../bb84/index.js";
import type { QsecErrorCode } from "../wire/errors.js";

/** After this many runs with too few secret bits twice the qubits do not help either. */
const DOUBLINGS = 4;

export interface Run {
  readonly profile: ProfileName;
  readonly qubits: number;
}

export interface FailedRun extends Run {
  readonly code: QsecErrorCode;
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** The error rate that the receiver declared or the run measured, 0 … 1; undefined where it did not get so far. */
  readonly qber: number | undefined;
  /** Whether the peer is known to refuse other profiles than `golay`. */
  readonly golayOnly: boolean;
}

/** Null: no run of this kind can give a key. What failed for another reason is tried again as it was. */
export function nextRun({ profile, qubits, code, failures, qber, golayOnly }: FailedRun): Run | null {
  if (code === "PROFILE") return { profile: "golay", qubits: PROFILES.golay.defaultQubits };
  const isNoise = code === "INSUFFICIENT" || code === "RECONCILE";
  // Golay blocks correct up to some 5 % errors; one LDPC block goes as far as there is a key.
  if (isNoise && profile === "golay" && !golayOnly) return { profile: "ldpc", qubits: ldpcQubits(qber ?? 0) };
  if (code !== "INSUFFICIENT") return { profile, qubits };
  return failures > DOUBLINGS ? null : { profile, qubits: Math.min(2 * qubits, PROFILES[profile].maxQubits) };
}
