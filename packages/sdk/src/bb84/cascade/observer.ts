/** A block of one pass: positions start … end − 1. */
export interface CascadeBlock {
  /** From 0. */
  readonly pass: number;
  readonly start: number;
  readonly end: number;
}

/** A bit that was set right. */
export interface CascadeCorrection {
  /** The place in the key. */
  readonly index: number;
  /** The block of one bit where the search ended. */
  readonly found: CascadeBlock;
  /** Blocks and sub-blocks of other passes that the correction made odd: the cascade. */
  readonly cascade: readonly CascadeBlock[];
}

/** Watches the corrector at work. What it is told is public, as the questions and answers are. */
export interface CascadeObserver {
  passStarted?(pass: number, blockSize: number): void;
  /** A block was compared with the other side's. */
  parityKnown?(block: CascadeBlock, odd: boolean): void;
  corrected?(correction: CascadeCorrection): void;
}
