import { ldpcPlan, LDPC_QBER_MAXIMUM } from "./plan.js";
import { CHECK_BITS, KEY_BITS, ldpcSecretLength } from "./reconciliation.js";

export const LDPC_QUBITS_DEFAULT = 8192;
/** What a frame of 32 KiB holds. */
export const LDPC_QUBITS_MAXIMUM = 92_160;
const STEP = 2048;

/** Standard deviations by which a run may have fewer matching bases, or more errors in the sample, than expected. */
const MARGIN = 2;

/**
 * Qubits for the `ldpc` profile over a lossless channel: the fewest, in steps of 2048, that give 256 secret bits with two
 * standard deviations to spare, from 8192 up to 92,160, which is also the answer where none are enough.
 * @param qber the error rate to expect, 0 … 1
 */
export function ldpcQubits(qber: number): number {
  for (let qubits = LDPC_QUBITS_DEFAULT; qubits < LDPC_QUBITS_MAXIMUM; qubits += STEP) {
    if (secretOf(qubits, Math.min(qber, LDPC_QBER_MAXIMUM)) >= KEY_BITS) return qubits;
  }
  return LDPC_QUBITS_MAXIMUM;
}

function secretOf(qubits: number, qber: number): number {
  const matched = Math.floor(qubits / 2 - MARGIN * Math.sqrt(qubits / 4));
  const sampled = Math.floor(matched / 3);
  const reconciled = matched - sampled;
  const errors = Math.ceil(sampled * qber + MARGIN * Math.sqrt(sampled * qber * (1 - qber)));
  const { leaked } = ldpcPlan(qber, reconciled);
  return ldpcSecretLength({ reconciled, leaked: leaked + CHECK_BITS, sampled, errors, qber });
}
