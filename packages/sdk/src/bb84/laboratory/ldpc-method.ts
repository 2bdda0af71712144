import { ldpcCode, ldpcSyndrome } from "../ldpc/code.js";
import { ldpcDecode } from "../ldpc/decoder.js";
import { LDPC_QBER_MAXIMUM, ldpcPlan } from "../ldpc/plan.js";
import type { ReconciliationMethod } from "./methods.js";

/**
 * One syndrome of an LDPC code for the error rate of the sample, up to 65,536 bits. A block that is not decoded stays as it
 * is, and does not pass verification.
 */
export const ldpcMethod: ReconciliationMethod = {
  name: "ldpc",
  reconcile({ reference, noisy, length, qber }) {
    const plan = ldpcPlan(Math.min(qber, LDPC_QBER_MAXIMUM), length);
    const code = ldpcCode(plan.code);
    const decoded = ldpcDecode(code, noisy, ldpcSyndrome(code, reference), qber);
    const corrected = decoded.ok ? decoded.bits : noisy.slice();
    return { reference: reference.slice(), corrected, length, leaked: plan.leaked, rounds: 1 };
  },
};
