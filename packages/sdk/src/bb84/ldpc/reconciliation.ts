import { concat } from "../../wire/bytes.js";
import { QsecError } from "../../wire/errors.js";
import { finiteKeyLength } from "../estimation/finite-key.js";
import { directToeplitz } from "../laboratory/direct-toeplitz.js";
import type { Reconciled, Reconciliation } from "../reconciliation.js";
import type { RunCounts } from "../secret-length.js";
import { ldpcDecode } from "./decoder.js";
import { LDPC_QBER_MAXIMUM, ldpcPlan } from "./plan.js";
import { decodeSyndromeMessage, encodeSyndromeMessage } from "./syndrome-message.js";

/** Bits of the key that privacy amplification makes. */
export const KEY_BITS = 256;
/** The receiver's proof that its key is the same tells as much of it. */
export const CHECK_BITS = 128;

const NOTHING = new Uint8Array(0);

/**
 * `ldpc`: one syndrome of the whole raw key, and behind it the seed of a Toeplitz matrix, which the sender draws when the
 * qubits are measured. The key is 256 bits, whatever more is secret.
 */
export const ldpcReconciliation = {
  syndromes(raw, length, { qber, random }) {
    const plan = ldpcPlan(Math.min(qber, LDPC_QBER_MAXIMUM), length);
    return concat(encodeSyndromeMessage(plan, raw), random(directToeplitz.seedLength(length, KEY_BITS)));
  },

  correct(raw, length, syndromes, qber) {
    const { code, syndrome, seed } = parse(syndromes, length);
    const decoded = ldpcDecode(code, raw, syndrome, qber);
    if (!decoded.ok) throw new QsecError("RECONCILE", "There are more errors than the code corrects.");
    const reconciled = amplify(decoded.bits, length, code.checks, seed);
    decoded.bits.fill(0);
    return { ...reconciled, keepMask: NOTHING };
  },

  keep(raw, length, keepMask, syndromes) {
    if (keepMask.length !== 0) throw new QsecError("DECODE", "The ldpc profile has no keep mask.");
    const { code, seed } = parse(syndromes, length);
    return amplify(raw, length, code.checks, seed);
  },
} satisfies Reconciliation;

/** ℓ = ⌊finite-key length of a sample without replacement⌋, never below 0; see {@link finiteKeyLength}. */
export function ldpcSecretLength({ reconciled, sampled, errors, leaked }: RunCounts): number {
  return Math.max(0, Math.floor(finiteKeyLength({ kept: reconciled, sampled, errors, leaked })));
}

function parse(message: Uint8Array, length: number) {
  const { code, syndrome, rest: seed } = decodeSyndromeMessage(message, length);
  if (seed.length !== directToeplitz.seedLength(length, KEY_BITS))
    throw new QsecError("DECODE", "The seed of the privacy amplification has a wrong size.");
  return { code, syndrome, seed };
}

function amplify(bits: Uint8Array, length: number, checks: number, seed: Uint8Array): Reconciled {
  return { key: directToeplitz.hash(bits, length, KEY_BITS, seed), length, leaked: checks + CHECK_BITS };
}
