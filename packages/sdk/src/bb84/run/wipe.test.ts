import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { arraysWith, trackArrays } from "../../testing/tracked-arrays.js";
import { QsecError, type QsecErrorCode } from "../../wire/errors.js";
import { flipBit, select, setBit, weight, without } from "../bits.js";
import {
  BB84Receiver,
  BB84Sender,
  PROFILES,
  simulatedChannel,
  type ProfileName,
  type SiftAnswer,
  type SiftMessage,
} from "../index.js";
import { measure } from "./measurement.js";
import { splitSymbols } from "./qubits.js";

/** Copies that the search for secrets does not see: a Buffer is made by Node, not by a constructor call. */
const hide = (bytes: Uint8Array) => Buffer.from(bytes);

/** A run up to its end, and hidden copies of what its secrets follow from. */
function run(
  name: ProfileName,
  qubitCount: number,
  tamper: (message: SiftMessage) => Partial<SiftMessage>,
  tamperAnswer: (answer: SiftAnswer) => SiftAnswer = (answer) => answer,
) {
  const profile = PROFILES[name];
  const draws: Buffer[] = [];
  const random = (length: number) => {
    draws.push(randomBytes(length));
    return Uint8Array.from(draws.at(-1)!);
  };
  const alice = new BB84Sender({ profile, qubitCount, random });
  const bob = new BB84Receiver({ profile, qubitCount, qubits: alice.qubits, channel: simulatedChannel(), random });
  const [qubits, bases, ...coins] = draws as [Buffer, Buffer, ...Buffer[]];
  const message = alice.sift(bob.bases);
  const hidden = { qubits, bases, coins, match: hide(message.match), sample: hide(message.sample) };
  let code: QsecErrorCode | "keyed" = "keyed";
  const keys: Uint8Array[] = [];
  try {
    const answer = bob.reconcile({ ...message, ...tamper(message) });
    keys.push(answer.key);
    keys.push(alice.finish(tamperAnswer(answer)).key);
  } catch (error) {
    if (!(error instanceof QsecError)) throw error;
    code = error.code;
  }
  return { alice, bob, code, keys, hidden };
}

/** The secrets of a run, computed once more after the fact. The channel of `run` is without noise. */
function secretsOf({ hidden: { qubits, bases, coins, match, sample } }: ReturnType<typeof run>) {
  const { bits } = splitSymbols(qubits);
  const outcomes = coins.values();
  const measured = measure(qubits, bases, 0, () => outcomes.next().value!);
  return { qubits, bits, measured, raw: select(bits, without(match, sample)) };
}

const honest = () => ({});
/** Turns over every second sample bit: QBER 50 %. */
const noisySample = ({ sample, sampleBits }: SiftMessage) => {
  const wrong = sampleBits.slice();
  for (let i = 0; i < weight(sample); i += 2) flipBit(wrong, i);
  return { sampleBits: wrong };
};
const longSyndromes = ({ syndromes }: SiftMessage) => ({ syndromes: Uint8Array.of(...syndromes, 0, 0) });
/** Turns over every eighth bit of a syndrome of the ldpc profile, behind the two bytes that name the code. */
const foreignSyndrome = ({ syndromes }: SiftMessage) => ({
  syndromes: syndromes.map((byte, i) => (i >= 2 && i < 40 ? byte ^ 1 : byte)),
});

const CASES = [
  ["classic", 128, "keyed", honest],
  ["golay", 4096, "keyed", honest],
  ["golay", 1024, "INSUFFICIENT", honest],
  ["classic", 128, "QBER", noisySample],
  ["golay", 4096, "QBER", noisySample],
  ["golay", 4096, "DECODE", longSyndromes],
  ["ldpc", 8192, "keyed", honest],
  ["ldpc", 8192, "QBER", noisySample],
  ["ldpc", 8192, "DECODE", longSyndromes],
  ["ldpc", 8192, "RECONCILE", foreignSyndrome],
] as const;

type Secrets = ReturnType<typeof secretsOf>;
/**
 * How many arrays hold a part of a secret: 16 bytes of it, as erased bits that were zero before are shared by chance;
 * of the raw key, which is short in classic, 8 or all.
 */
const holders = (secrets: Secrets, name: keyof Secrets, arrays: readonly Uint8Array[]) =>
  arraysWith(secrets[name], arrays, name === "raw" ? Math.min(8, secrets.raw.length) : 16).length;
const NAMES = ["qubits", "bits", "measured", "raw"] as const satisfies readonly (keyof Secrets)[];

describe("P14: a wiped run", () => {
  for (const [name, count, code, tamper] of CASES) {
    test(`of ${name} with ${count} qubits that ended as ${code} leaves no qubits, bits or keys in any array`, () => {
      const { result, arrays } = trackArrays(() => {
        const ended = run(name, count, tamper);
        ended.alice.wipe();
        ended.bob.wipe();
        return ended;
      });
      assert.equal(result.code, code);
      for (const bytes of [result.alice.qubits, result.bob.bases, ...result.keys])
        assert.ok(bytes.every((byte) => byte === 0));
      assert.deepEqual([result.alice.disclosed(), result.bob.disclosed()], [[], []]);
      const secrets = secretsOf(result);
      for (const secret of NAMES) assert.equal(holders(secrets, secret, arrays), 0, secret);
    });
  }
});

describe("a run that ended, but is not wiped", () => {
  test("with a key holds the key of each side and nothing else", () => {
    const { result, arrays } = trackArrays(() => run("golay", 4096, honest));
    const secrets = secretsOf(result);
    assert.deepEqual(
      NAMES.map((secret) => holders(secrets, secret, arrays)),
      [0, 0, 0, 2],
    );
  });

  for (const [name, count, code, tamper] of CASES.filter(([, , code]) => code !== "keyed")) {
    test(`as ${code} has erased the receiver's bits and key before the caller knows (${name} with ${count} qubits)`, () => {
      const { result, arrays } = trackArrays(() => {
        const ended = run(name, count, tamper);
        ended.alice.wipe(); // she has not heard of it yet
        return ended;
      });
      assert.equal(result.code, code);
      const secrets = secretsOf(result);
      for (const secret of NAMES) assert.equal(holders(secrets, secret, arrays), 0, secret);
    });
  }

  test("as INSUFFICIENT on the sender's side has erased the few blocks that were kept", () => {
    const keepTen = ({ sampleBits, keepMask }: SiftAnswer) => {
      const few = new Uint8Array(keepMask.length);
      for (let block = 0; block < 10; block++) setBit(few, block);
      return { sampleBits, keepMask: few };
    };
    const { result, arrays } = trackArrays(() => {
      const ended = run("golay", 4096, honest, keepTen);
      ended.bob.wipe();
      return ended;
    });
    assert.equal(result.code, "INSUFFICIENT");
    const secrets = secretsOf(result);
    for (const secret of NAMES) assert.equal(holders(secrets, secret, arrays), 0, secret);
  });
});
