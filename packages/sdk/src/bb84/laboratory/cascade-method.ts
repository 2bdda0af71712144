import type { CascadeSchedule } from "../cascade/corrector.js";
import type { CascadeObserver } from "../cascade/observer.js";
import { reconcileCascade } from "../cascade/reconcile.js";
import type { CascadeVariant } from "../cascade/variants.js";
import type { ReconciliationMethod } from "./methods.js";

export interface CascadeMethodOptions {
  /** @default "original" */
  readonly variant?: CascadeVariant;
  /** @default "all-at-once" */
  readonly schedule?: CascadeSchedule;
  readonly observer?: CascadeObserver;
}

/** Blocks are made for this many errors at least: a sample may have met none of the errors that there are. */
const ERRORS_MIN = 10;

/** Cascade, in many rounds: no bits are dropped, and the reference stays as it is. */
export function cascadeMethod(options: CascadeMethodOptions = {}): ReconciliationMethod {
  const { variant = "original", schedule = "all-at-once" } = options;
  return {
    name: `cascade, ${variant}, ${schedule}`,
    reconcile({ reference, noisy, length, qber, random }) {
      const rate = Math.min(0.5, Math.max(qber, ERRORS_MIN / length));
      const { key, leaked, rounds } = reconcileCascade({ ...options, reference, noisy, length, qber: rate, random });
      return { reference: reference.slice(), corrected: key, length, leaked, rounds };
    },
  };
}
