import { golayReconciliation, noReconciliation, type Reconciliation } from "../reconciliation.js";
import { classicSecretLength, golaySecretLength } from "../secret-length.js";

export type ProfileName = "classic" | "golay";

/** The post-processing of a run. Both sides must use the same; its code travels with the qubits. */
export interface Profile {
  readonly name: ProfileName;
  /** The byte on the wire. */
  readonly code: 0 | 1;
  readonly defaultQubits: number;
  readonly maxQubits: number;
  /** Noise of the simulated channel where none is set, 0 … 0.5. */
  readonly defaultNoise: number;
  /** Secret bits below which a run is given up (INSUFFICIENT); 0: never. */
  readonly minimumSecret: number;
  readonly reconciliation: Reconciliation;
  readonly isValidQubitCount: (qubits: number) => boolean;
  /** Agreeing bases below which a run is given up (SIFT). */
  readonly minimumMatched: (qubits: number) => number;
  /** How many of the matched bits are disclosed to estimate the error rate. */
  readonly sampleSize: (matched: number) => number;
  /** Secret bits of a reconciled key, never negative. */
  readonly secretLength: (reconciled: number, qber: number) => number;
}

/** 128 qubits and no error correction: the exchange of the textbook. Some fifty bits come out of it. */
const classic: Profile = {
  name: "classic",
  code: 0,
  defaultQubits: 128,
  maxQubits: 128,
  defaultNoise: 0,
  minimumSecret: 0,
  reconciliation: noReconciliation,
  isValidQubitCount: (qubits) => qubits === 128,
  minimumMatched: () => 16,
  sampleSize: (matched) => Math.max(8, Math.floor(matched / 4)),
  secretLength: classicSecretLength,
};

/** Golay syndromes in one shot; at least 256 secret bits. */
const golay: Profile = {
  name: "golay",
  code: 1,
  defaultQubits: 4096,
  maxQubits: 65_536,
  defaultNoise: 0.01,
  minimumSecret: 256,
  reconciliation: golayReconciliation,
  isValidQubitCount: (qubits) => Number.isInteger(qubits) && qubits % 128 === 0 && qubits >= 1024 && qubits <= 65_536,
  minimumMatched: (qubits) => (3 * qubits) / 8,
  sampleSize: (matched) => Math.floor(matched / 4),
  secretLength: golaySecretLength,
};

export const PROFILES: { readonly classic: Profile; readonly golay: Profile } = { classic, golay };

/** The profile of a code on the wire, or undefined for one that this version does not know. */
export function profileByCode(code: number): Profile | undefined {
  return Object.values(PROFILES).find((profile) => profile.code === code);
}
