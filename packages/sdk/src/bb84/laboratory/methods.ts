import type { RandomBytes } from "../random.js";

/** Both sides' raw keys and what they know of the channel. Keys are packed (`bits.ts`) and not to be changed. */
export interface ReconciliationInput {
  /** The key that counts. */
  readonly reference: Uint8Array;
  /** The key with errors. */
  readonly noisy: Uint8Array;
  /** Bits in each, at least 1. */
  readonly length: number;
  /** Error rate of the sample, 0 … 0.11. */
  readonly qber: number;
  /** Where its random numbers come from. */
  readonly random: RandomBytes;
}

/** What a method of reconciliation gives back. */
export interface ReconciliationOutput {
  /** What each side has now, packed; owned by the caller, and equal if all went well. */
  readonly reference: Uint8Array;
  /** What the side with errors has now. */
  readonly corrected: Uint8Array;
  /** Bits in each, at most those that went in. */
  readonly length: number;
  /** Bits of information about these keys that were told. */
  readonly leaked: number;
  /** Round trips. */
  readonly rounds: number;
}

/** A way to make two keys equal, with both sides in one process. */
export interface ReconciliationMethod {
  /** As results name it. */
  readonly name: string;
  /** Corrects `noisy` towards `reference`. Throws where it cannot; the run then ends without a key. */
  readonly reconcile: (input: ReconciliationInput) => ReconciliationOutput;
}

/**
 * A 2-universal family of hash functions (Carter and Wegman 1979), for verification and for privacy amplification. Which
 * function of the family it is follows from a public, random seed.
 */
export interface UniversalHash {
  /** As results name it. */
  readonly name: string;
  /** Bytes of the seed. */
  readonly seedLength: (inputBits: number, outputBits: number) => number;
  /**
   * @param input packed, `inputBits` bits; not changed
   * @param seed `seedLength(inputBits, outputBits)` bytes
   * @returns `outputBits` bits, packed, in a new array
   */
  readonly hash: (input: Uint8Array, inputBits: number, outputBits: number, seed: Uint8Array) => Uint8Array;
}
