import type { DisclosedQubit, Profile, RunResult } from "../bb84/index.js";
import type { PairSession } from "./pair-session.js";
import type { SafetyCode } from "./safety-code.js";

/** What each side of a handshake has when it is KEYED. */
export interface Outcome {
  readonly peer: { readonly id: Uint8Array; readonly name: string };
  readonly session: PairSession;
  readonly safetyCode: SafetyCode;
  readonly profile: Profile;
  /** The ledger of the run; its key is wiped by now. */
  readonly run: Omit<RunResult, "key">;
  /** Qubits for the picture, none of which entered the key. */
  readonly disclosed: readonly DisclosedQubit[];
  /** What the receiver declared of its simulated channel, parts per million. */
  readonly noisePpm: number;
  readonly evePpm: number;
  /** Whether a key of quantum hardware is in the session's keys. */
  readonly qkd: boolean;
}

/** This device in this room. */
export interface Self {
  /** 32-byte Ed25519 public key */
  readonly id: Uint8Array;
  /** 32-byte Ed25519 seed */
  readonly seed: Uint8Array;
  readonly name: string;
}
