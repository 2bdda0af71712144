import type { CascadeSchedule } from "../cascade/corrector.js";
import type { CascadeObserver } from "../cascade/observer.js";
import { reconcileCascade } from "../cascade/reconcile.js";
import type { CascadeVariant } from "../cascade/variants.js";
import { bytesForBits } from "../bits.js";
import type { ReconciliationInput, ReconciliationMethod } from "./methods.js";

/** How Cascade is used as a method of reconciliation in the laboratory. */
export interface CascadeMethodOptions {
  /** @default "original" */
  readonly variant?: CascadeVariant;
  /** @default "all-at-once" */
  readonly schedule?: CascadeSchedule;
  /** Of a key of more than 2¹⁸ bits it is told block after block, with places within the block. */
  readonly observer?: CascadeObserver;
}

/** Longer keys are corrected in blocks of this many bits: each pass needs memory for all of a block, and gains little by more. */
const BLOCK_BITS = 2 ** 18;

/** Blocks are made for this many errors at least: a sample may have met none of the errors that there are. */
const ERRORS_MIN = 10;

/** Cascade, in many rounds: no bits are dropped, and the reference stays as it is. */
export function cascadeMethod(options: CascadeMethodOptions = {}): ReconciliationMethod {
  const { variant = "original", schedule = "all-at-once" } = options;
  return {
    name: `cascade, ${variant}, ${schedule}`,
    reconcile(input) {
      const corrected = new Uint8Array(input.noisy.length);
      let [leaked, rounds] = [0, 0];
      for (const { offset, ...block } of blocksOf(input)) {
        const rate = Math.min(0.5, Math.max(input.qber, ERRORS_MIN / block.length));
        const outcome = reconcileCascade({ ...options, ...block, qber: rate, random: input.random });
        corrected.set(outcome.key, offset);
        outcome.key.fill(0);
        leaked += outcome.leaked;
        rounds = Math.max(rounds, outcome.rounds); // the blocks' messages can travel together
      }
      return { reference: input.reference.slice(), corrected, length: input.length, leaked, rounds };
    },
  };
}

/** The parts of both keys, of whole bytes but for the last, with the first byte of each. */
function blocksOf({ reference, noisy, length }: ReconciliationInput) {
  return Array.from({ length: Math.ceil(length / BLOCK_BITS) }, (_, index) => {
    const bits = Math.min(BLOCK_BITS, length - index * BLOCK_BITS);
    const offset = (index * BLOCK_BITS) / 8;
    const part = (key: Uint8Array) => key.subarray(offset, offset + bytesForBits(bits));
    return { offset, length: bits, reference: part(reference), noisy: part(noisy) };
  });
}
