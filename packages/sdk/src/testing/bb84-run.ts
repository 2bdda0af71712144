import {
  BB84Receiver,
  BB84Sender,
  expectedQber,
  PROFILES,
  simulatedChannel,
  type ProfileName,
  type RunResult,
} from "../bb84/index.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError, type QsecErrorCode } from "../wire/errors.js";
import { pooledDrbg } from "./drbg.js";

export interface RunSetting {
  readonly profile?: ProfileName;
  readonly qubitCount?: number;
  readonly noise?: number;
  readonly eve?: number;
  readonly seed: string;
}

/** Both sides of a run, with the qubits measured and nothing said yet. Everything follows from the seed. */
export function startRun({ profile: name = "golay", qubitCount, noise = 0, eve = 0, seed }: RunSetting) {
  const profile = PROFILES[name];
  const count = qubitCount ?? profile.defaultQubits;
  const alice = new BB84Sender({ profile, qubitCount: count, random: pooledDrbg(`${seed} alice`) });
  const channel = simulatedChannel({ noise, eve });
  const bob = new BB84Receiver({
    profile,
    qubitCount: count,
    qubits: alice.qubits,
    channel,
    random: pooledDrbg(`${seed} bob`),
  });
  return { alice, bob, profile, count, declared: expectedQber({ noise, eve }) };
}

/** The fields that both sides of a run have, without those of the receiver's answer. */
export function ledgerOf({
  qubits,
  matched,
  sampled,
  errors,
  qber,
  reconciled,
  leaked,
  secret,
  key,
}: RunResult): RunResult {
  return { qubits, matched, sampled, errors, qber, reconciled, leaked, secret, key };
}

export type Outcome =
  { readonly code: "keyed"; readonly alice: RunResult; readonly bob: RunResult } | { readonly code: QsecErrorCode };

/** Takes a run to its end. Keys that differ are RECONCILE, as the confirmation of keys would show. */
export function finishRun({
  alice,
  bob,
  declared,
}: Pick<ReturnType<typeof startRun>, "alice" | "bob" | "declared">): Outcome {
  try {
    const answer = bob.reconcile(alice.sift(bob.bases, declared));
    const result = alice.finish(answer);
    return equalBytes(result.key, answer.key) ? { code: "keyed", alice: result, bob: answer } : { code: "RECONCILE" };
  } catch (error) {
    if (error instanceof QsecError) return { code: error.code };
    throw error;
  }
}
