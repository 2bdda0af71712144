import { LDPC_QUBITS_DEFAULT, LDPC_QUBITS_MAXIMUM } from "../ldpc/qubits.js";
import { ldpcReconciliation, ldpcSecretLength } from "../ldpc/reconciliation.js";
import { golayReconciliation, noReconciliation, type Reconciliation } from "../reconciliation.js";
import { classicSecretLength, golaySecretLength, type RunCounts } from "../secret-length.js";

/** A way of post-processing that both sides of a handshake know by name (`docs/protocol.md`, 5.5). */
export type ProfileName = "classic" | "golay" | "ldpc";

/** The post-processing of a run. Both sides must use the same; its code travels with the qubits. */
export interface Profile {
  /** As the option `profile` says it. */
  readonly name: ProfileName;
  /** The byte on the wire. */
  readonly code: 0 | 1 | 2;
  /** Qubits of a first run where nothing else is said. */
  readonly defaultQubits: number;
  /** Qubits of a run, at most. */
  readonly maxQubits: number;
  /** Noise of the simulated channel where none is set, 0 … 0.5. */
  readonly defaultNoise: number;
  /** Secret bits below which a run is given up (INSUFFICIENT); 0: never. */
  readonly minimumSecret: number;
  /** How errors are corrected. */
  readonly reconciliation: Reconciliation;
  /** Whether it can run with so many qubits. */
  readonly isValidQubitCount: (qubits: number) => boolean;
  /** Agreeing bases below which a run is given up (SIFT). */
  readonly minimumMatched: (qubits: number) => number;
  /** Agreeing bases above which a run is given up (SIFT): more than chance can be, and more work than it should be. */
  readonly maximumMatched: (qubits: number) => number;
  /** How many of the matched bits are disclosed to estimate the error rate. */
  readonly sampleSize: (matched: number) => number;
  /** Secret bits of a run, never negative. */
  readonly secretLength: (counts: RunCounts) => number;
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
  maximumMatched: (qubits) => qubits,
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
  maximumMatched: (qubits) => (5 * qubits) / 8,
  sampleSize: (matched) => Math.floor(matched / 4),
  secretLength: golaySecretLength,
};

/**
 * One LDPC syndrome for the error rate that the channel is declared to have, the finite-key length, and privacy amplification
 * to 256 bits. The sample of a third gives a key with the fewest qubits.
 */
const ldpc: Profile = {
  name: "ldpc",
  code: 2,
  defaultQubits: LDPC_QUBITS_DEFAULT,
  maxQubits: LDPC_QUBITS_MAXIMUM,
  defaultNoise: 0.01,
  minimumSecret: 256,
  reconciliation: ldpcReconciliation,
  isValidQubitCount: (qubits) =>
    Number.isInteger(qubits) && qubits % 128 === 0 && qubits >= 4096 && qubits <= LDPC_QUBITS_MAXIMUM,
  minimumMatched: (qubits) => (3 * qubits) / 8,
  maximumMatched: (qubits) => (5 * qubits) / 8,
  sampleSize: (matched) => Math.floor(matched / 3),
  secretLength: ldpcSecretLength,
};

/** The profiles by name (`docs/protocol.md`, 5.5). */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { classic, golay, ldpc };

/** The profile of a code on the wire, or undefined for one that this version does not know. */
export function profileByCode(code: number): Profile | undefined {
  return Object.values(PROFILES).find((profile) => profile.code === code);
}
