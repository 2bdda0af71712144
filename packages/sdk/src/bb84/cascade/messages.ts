import type { CascadeVariant } from "./variants.js";

/** What both sides must hold alike. */
export interface CascadeSetting {
  readonly variant: CascadeVariant;
  /** Bits in the key. */
  readonly length: number;
  /** The error rate that the blocks are made for, 0 … 0.5: the estimate of the channel's. */
  readonly qber: number;
  /**
   * 16 bytes, sent in the clear: where the shuffles come from. Drawn when the qubits have arrived, afresh for every run.
   */
  readonly seed: Uint8Array;
}

/** A message from the corrector. */
export interface ParityQuestions {
  /** Three numbers for each block: the pass, from 0, its first position, and the position after its last. */
  readonly blocks: Int32Array;
}

/** The message back. */
export interface ParityAnswers {
  /** One bit for each block that was asked for, packed: the parity of the other side's key bits in it. */
  readonly parities: Uint8Array;
}
