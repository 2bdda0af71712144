/** What a room tells its application of its exchanges: the details of the events `bb84:…`. */
import type { DisclosedQubit, ProfileName } from "../bb84/index.js";
import type { QsecErrorCode } from "../wire/errors.js";
import type { MemberId } from "../wire/events.js";

/** The steps of a run, in their order. */
export type BB84StepName = "generate" | "send" | "measure" | "bases" | "sift" | "derive";

/** What a run has counted so far. */
export interface BB84Counts {
  /** Qubits sent. */
  readonly qubits: number;
  /** Bits whose bases agree; from step 5 (on the sending side from step 4) on. */
  readonly matched?: number;
  /** Bits disclosed to estimate the error rate; step 5 on. */
  readonly sampled?: number;
  /** Mismatches in the sample; step 5 on. */
  readonly errors?: number;
  /** Bits that went into the key after reconciliation; step 6. */
  readonly reconciled?: number;
  /** Bits of information about the key that reconciliation told the other side (12 a kept block); step 6. */
  readonly leaked?: number;
  /** Lower bound on the secret bits of the run (the profile's formula); step 6. */
  readonly secret?: number;
}

/** The other side of a run. */
export interface BB84Peer {
  /** The member's id: the base64url text of its Ed25519 public key. */
  readonly id: MemberId;
  /** The name that it signed, or before that the one the relay says. Show as text only. */
  readonly name: string;
}

/** One of the six steps of a run, done. */
export interface BB84StepDetail {
  /** With whom the run is. */
  readonly peer: BB84Peer;
  /** This side's part: `initiator` prepares and sends the qubits, `responder` measures them. */
  readonly direction: "initiator" | "responder";
  /** 1 … 6 */
  readonly step: 1 | 2 | 3 | 4 | 5 | 6;
  /** The step by name: `generate`, `send`, `measure`, `bases`, `sift`, `derive` for 1 … 6. */
  readonly name: BB84StepName;
  /** Run number with this peer, from 1; a retry is a new run. */
  readonly attempt: number;
  /** Post-processing of this run; a channel that was too noisy for golay is tried again with ldpc. */
  readonly profile: ProfileName;
  /** What was counted up to this step. */
  readonly counts: BB84Counts;
  /** Error rate of the sample, 0 … 1; from step 5 on. */
  readonly qber?: number;
  /** What the receiver declares of its simulated channel, 0 … 1; known to both from step 3 (sender: step 4) on. */
  readonly noise?: number;
  /** Share of qubits that a demonstration eavesdropper intercepts, 0 … 1. Above 0 both sides show "DEMO EVE ON". */
  readonly eve?: number;
  /** Step 5 only: up to 128 qubits for the picture, none of which is part of a key. */
  readonly qubits?: readonly DisclosedQubit[];
}

/** A run that ended without a key. */
export interface BB84AbortedDetail {
  /** With whom the run was. */
  readonly peer: BB84Peer;
  /** This side's part, as in {@link BB84StepDetail}. */
  readonly direction: "initiator" | "responder";
  /** Why: `QBER` (too many errors), `INSUFFICIENT` or `RECONCILE` (too noisy for a key), `TIMEOUT`, `REJECTED`, … */
  readonly code: QsecErrorCode;
  /** The reason as a sentence for people. */
  readonly message: string;
  /** 0 … 1 where it was measured. */
  readonly qber?: number;
  /** Share of qubits that the demonstration eavesdropper intercepted, 0 … 1, where it is known. */
  readonly eve?: number;
  /** Run number with this peer, from 1. */
  readonly attempt: number;
  /** True when a new run starts by itself; false when it waits for `retry()`. */
  readonly willRetry: boolean;
  /** True when this side gave up, false when the other did. */
  readonly local: boolean;
}

/** A run that ended with a session key for the pair. */
export interface BB84KeyedDetail {
  /** With whom this side has a key now. */
  readonly peer: BB84Peer;
  /** This side's part, as in {@link BB84StepDetail}. */
  readonly direction: "initiator" | "responder";
  /** Public fingerprint of the pairwise session, 8 hex digits: the same on both sides. */
  readonly fingerprint: string;
  /** Error rate of the sample, 0 … 1. */
  readonly qber: number;
  /** Lower bound on the secret bits of the run. */
  readonly secret: number;
  /** Share of qubits that a demonstration eavesdropper intercepted, 0 … 1. */
  readonly eve: number;
  /** Whether a key from quantum hardware is in the session's keys (option `qkd`). */
  readonly qkd: boolean;
}
