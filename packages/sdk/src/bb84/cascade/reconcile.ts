import type { RandomBytes } from "../random.js";
import { takeBytes } from "../randomness/word-stream.js";
import { binaryEntropy } from "../secret-length.js";
import { CascadeCorrector, type CascadeSchedule } from "./corrector.js";
import { SEED_BYTES } from "./generator.js";
import { PassLayouts } from "./layout.js";
import { ReusedMemory } from "./memory.js";
import type { CascadeObserver } from "./observer.js";
import { CascadeResponder } from "./responder.js";
import { cascadePlan, type CascadeVariant } from "./variants.js";

/** How Cascade runs on one pair of keys. */
export interface CascadeOptions {
  /** The key that is the reference, packed; not changed. */
  readonly reference: Uint8Array;
  /** The key with errors, packed; not changed. */
  readonly noisy: Uint8Array;
  /** Bits in each. */
  readonly length: number;
  /** The error rate that the blocks are made for, 0 … 0.5. */
  readonly qber: number;
  /** @default "original" */
  readonly variant?: CascadeVariant;
  /** @default "all-at-once" */
  readonly schedule?: CascadeSchedule;
  /** The seed of the shuffles comes from it. */
  readonly random: RandomBytes;
  readonly observer?: CascadeObserver;
}

/** What Cascade has come to, and what it has told the world. */
export interface CascadeOutcome {
  /** The corrected key, packed; owned by the caller. It can still differ: see verification. */
  readonly key: Uint8Array;
  /** Bits in `key`. */
  readonly length: number;
  /** Parities told: bits of information about the key. */
  readonly leaked: number;
  /** Round trips: messages with questions. */
  readonly rounds: number;
  /** Messages in both directions. */
  readonly messages: number;
  /** Bits that were corrected. */
  readonly corrections: number;
  /** leaked / (length · h₂(qber)); 1 is Shannon's limit. Infinite at an error rate of 0. */
  readonly efficiency: number;
}

/** Memory for shuffles between runs; absent while a run has it, which an observer may be called from. */
let spare: ReusedMemory | null = new ReusedMemory();

/**
 * Runs both sides of Cascade in one process. They share the shuffles, which two real sides derive each for itself.
 * @throws QsecError `bad_option`, also for a source of randomness that ends early
 */
export function reconcileCascade(options: CascadeOptions): CascadeOutcome {
  const { reference, noisy, length, qber, variant = "original", schedule, random, observer } = options;
  const plan = cascadePlan(variant, length, qber);
  const seed = takeBytes(random, SEED_BYTES);
  const memory = spare ?? new ReusedMemory();
  spare = null;
  const setting = { variant, length, qber, seed, layouts: new PassLayouts(plan, length, seed, memory) };
  const responder = new CascadeResponder({ ...setting, key: reference });
  const corrector = new CascadeCorrector({ ...setting, key: noisy, schedule, observer });
  try {
    let questions = corrector.start();
    for (;;) {
      const next = corrector.receive(responder.answer(questions));
      if (next === null) break;
      questions = next;
    }
    const { rounds, corrections } = corrector;
    const { key, leaked } = corrector.result();
    const efficiency = leaked / (length * binaryEntropy(qber));
    return { key, length, leaked, rounds, messages: rounds * 2, corrections, efficiency };
  } finally {
    responder.wipe();
    corrector.wipe();
    memory.giveBack();
    spare = memory;
  }
}
