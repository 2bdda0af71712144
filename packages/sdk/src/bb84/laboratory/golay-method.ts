import { golayReconciliation } from "../reconciliation.js";
import type { ReconciliationMethod } from "./methods.js";

/** Syndromes of the extended Golay code in one shot; blocks with four errors or more are dropped. */
export const golayMethod: ReconciliationMethod = {
  name: "golay",
  reconcile({ reference, noisy, length }) {
    const syndromes = golayReconciliation.syndromes(reference, length);
    const bob = golayReconciliation.correct(noisy, length, syndromes);
    const alice = golayReconciliation.keep(reference, length, bob.keepMask);
    return { reference: alice.key, corrected: bob.key, length: bob.length, leaked: bob.leaked, rounds: 1 };
  },
};
