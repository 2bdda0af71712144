import { equalBytes } from "../../wire/bytes.js";
import { QsecError } from "../../wire/errors.js";
import { isPackedBits } from "../bits.js";
import { integerIn, numberIn } from "../options.js";
import type { SiftedKeys } from "../physics/sift.js";
import type { RandomBytes } from "../random.js";
import { takeBytes } from "../randomness/word-stream.js";
import type { ReconciliationMethod, ReconciliationOutput, UniversalHash } from "./methods.js";

/**
 * Information reconciliation: makes the raw keys of both sides equal, by any method.
 *
 * @param raw packed keys of the same length, at least 1 bit; not changed
 * @param qber error rate of the sample, 0 … 1
 * @throws QsecError `DECODE` when the two sides do not hold keys of the same length, or the method does not return such;
 * `RECONCILE` when the method fails or its numbers do not fit together
 */
export function reconcileKeys(
  method: ReconciliationMethod,
  raw: SiftedKeys,
  qber: number,
  random: RandomBytes,
): ReconciliationOutput {
  const stage = `Reconciliation (${method.name})`;
  const length = integerIn("length", raw.length, 1, Number.MAX_SAFE_INTEGER);
  const rate = numberIn("qber", qber, 0, 1);
  requireKeys(`${stage} was not given`, length, raw.alice, raw.bob);
  const output = runMethod(method, { reference: raw.alice, noisy: raw.bob, length, qber: rate, random });
  const { leaked, rounds, reference, corrected } = output;
  try {
    if (!isCount(output.length) || output.length > length || !isCount(leaked) || !isCount(rounds)) {
      throw new QsecError(
        "RECONCILE",
        `${stage} made ${output.length} bits of ${length}, leaked ${leaked} and took ${rounds} rounds, which cannot be.`,
      );
    }
    requireKeys(`${stage} did not return`, output.length, reference, corrected);
    return output;
  } catch (error) {
    wipeKeys(reference, corrected);
    throw error;
  }
}

/**
 * Verification: whether the keys of both sides have the same hash, by a function of the family that is chosen now. Keys that
 * differ pass with a probability of 2^−`bits`.
 *
 * @param bits of the hash, which the other side is told: 1 … 4096
 * @throws QsecError `DECODE` when the two sides do not hold keys of the same length, or the family does not return hashes of
 * `bits` bits
 */
export function verifyKeys(
  family: UniversalHash,
  reconciled: ReconciliationOutput,
  bits: number,
  random: RandomBytes,
): boolean {
  const [alice, bob] = hashBoth("Verification", family, reconciled, integerIn("bits", bits, 1, 4096), random);
  return equalBytes(alice, bob);
}

/**
 * Privacy amplification: hashes verified keys to the bits that are secret, by a function of the family that is chosen now.
 *
 * @param secret bits of the key, 1 … the length of the reconciled one; the ledger or {@link finiteKeyLength} says how many
 * @returns `secret` packed bits, owned by the caller; null, and no key on either side, unless both came to the same one
 * @throws QsecError `bad_option` for a longer key than there are bits; `DECODE` as for {@link verifyKeys}
 */
export function amplifyKeys(
  family: UniversalHash,
  reconciled: ReconciliationOutput,
  secret: number,
  random: RandomBytes,
): Uint8Array | null {
  const bits = integerIn("secret", secret, 1, reconciled.length);
  const [alice, bob] = hashBoth("Privacy amplification", family, reconciled, bits, random);
  const equal = equalBytes(alice, bob);
  bob.fill(0);
  if (!equal) alice.fill(0);
  return equal ? alice : null;
}

function runMethod(method: ReconciliationMethod, input: Parameters<ReconciliationMethod["reconcile"]>[0]) {
  let output: unknown;
  try {
    output = method.reconcile(input);
  } catch (cause) {
    if (cause instanceof QsecError) throw cause;
    throw new QsecError("RECONCILE", `Reconciliation (${method.name}) failed; see the cause.`, { cause });
  }
  if (typeof output === "object" && output !== null) return output as ReconciliationOutput;
  throw new QsecError("RECONCILE", `Reconciliation (${method.name}) returned nothing.`);
}

function hashBoth(
  stage: string,
  family: UniversalHash,
  { reference, corrected, length }: ReconciliationOutput,
  bits: number,
  random: RandomBytes,
): [Uint8Array, Uint8Array] {
  requireKeys(`${stage} was not given`, length, reference, corrected);
  const seed = takeBytes(random, family.seedLength(length, bits));
  const hashes: Uint8Array[] = [];
  try {
    for (const key of [reference, corrected]) hashes.push(family.hash(key, length, bits, seed));
    requireKeys(`${stage} (${family.name}) did not return`, bits, ...hashes);
    return [hashes[0], hashes[1]];
  } catch (error) {
    wipeKeys(...hashes);
    throw error;
  }
}

function requireKeys(what: string, length: number, ...keys: readonly unknown[]): void {
  if (keys.every((bits) => bits instanceof Uint8Array && isPackedBits(bits, length))) return;
  throw new QsecError("DECODE", `${what} ${length} packed bits for each side.`);
}

function wipeKeys(...keys: readonly unknown[]): void {
  for (const bits of keys) if (bits instanceof Uint8Array) bits.fill(0);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
