import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../../testing/throws.js";
import { QsecError } from "../../wire/errors.js";
import { distance, flipBit, isPackedBits } from "../bits.js";
import { seededRandom } from "../randomness/sources.js";
import { directToeplitz } from "./direct-toeplitz.js";
import { golayMethod } from "./golay-method.js";
import type { ReconciliationMethod, ReconciliationOutput, UniversalHash } from "./methods.js";
import { amplifyKeys, reconcileKeys, verifyKeys } from "./stages.js";

const LENGTH = 2400;
const random = () => seededRandom("stages");

/** Raw keys that differ at these places. */
function rawKeys(...errors: number[]) {
  const alice = seededRandom("raw")(LENGTH / 8);
  const bob = alice.slice();
  for (const place of errors) flipBit(bob, place);
  return { length: LENGTH, alice, bob };
}

const reconcile = (method: ReconciliationMethod = golayMethod, raw = rawKeys(5, 100, 101, 102, 2399)) =>
  reconcileKeys(method, raw, 0.01, random());

/** A method that changes the answer of a working one. */
const spoiled = (spoil: (output: ReconciliationOutput) => unknown): ReconciliationMethod => ({
  name: "spoiled",
  reconcile: (input) => spoil(golayMethod.reconcile(input)) as ReconciliationOutput,
});

const names = (code: string, stage: RegExp) => (error: unknown) =>
  error instanceof QsecError && error.code === code && stage.test(error.message);

describe("reconciliation as a stage", () => {
  test("makes the keys equal and leaves the raw ones as they were", () => {
    const raw = rawKeys(5, 100, 101, 102, 2399);
    const { reference, corrected, length, leaked, rounds } = reconcile(golayMethod, raw);
    assert.deepEqual(reference, corrected);
    assert.deepEqual([length, leaked, rounds], [LENGTH, LENGTH / 2, 1]);
    assert.equal(distance(raw.alice, raw.bob), 5);
  });

  test("drops a block of the Golay code that has four errors, on both sides", () => {
    const { reference, corrected, length, leaked } = reconcile(golayMethod, rawKeys(24, 25, 30, 47));
    assert.deepEqual([length, leaked], [LENGTH - 24, (LENGTH - 24) / 2]);
    assert.deepEqual(reference, corrected);
  });

  test("refuses sides that do not hold keys of the same length", () => {
    const raw = rawKeys();
    for (const wrong of [
      { ...raw, bob: raw.bob.subarray(1) },
      { ...raw, alice: new Uint8Array(0) },
      { ...raw, length: LENGTH - 1 },
      { ...raw, bob: undefined as never },
    ])
      assert.throws(() => reconcile(golayMethod, wrong), names("DECODE", /^Reconciliation \(golay\) was not given/));
    for (const length of [0, 1.5, -8]) throwsCode("bad_option", () => reconcile(golayMethod, { ...raw, length }));
    for (const qber of [-1, 2, Number.NaN])
      throwsCode("bad_option", () => reconcileKeys(golayMethod, raw, qber, random()));
  });

  test("refuses a method whose numbers cannot be, and zeroes its keys", () => {
    for (const wrong of [
      { length: LENGTH + 1 },
      { leaked: -1 },
      { leaked: 1.5 },
      { rounds: Number.NaN },
      { length: "2" },
    ]) {
      let keys: Uint8Array[] = [];
      const method = spoiled((output) => {
        keys = [output.reference, output.corrected];
        return { ...output, ...wrong };
      });
      assert.throws(() => reconcile(method), names("RECONCILE", /^Reconciliation \(spoiled\) made/));
      assert.ok(keys.length === 2 && keys.every((key) => key.every((byte) => byte === 0)));
    }
  });

  test("refuses a method that returns a short key for one side, and zeroes the other", () => {
    let kept = new Uint8Array(0);
    const method = spoiled((output) => {
      kept = output.reference as typeof kept;
      return { ...output, corrected: output.corrected.subarray(1) };
    });
    assert.throws(() => reconcile(method), names("DECODE", /^Reconciliation \(spoiled\) did not return 2400/));
    assert.ok(kept.length > 0 && kept.every((byte) => byte === 0));
  });

  test("says which method failed, and why", () => {
    const cause = new RangeError("no code for this rate");
    const failing = spoiled(() => {
      throw cause;
    });
    assert.throws(
      () => reconcile(failing),
      (error) => names("RECONCILE", /\(spoiled\) failed/)(error) && (error as QsecError).cause === cause,
    );
    for (const nothing of [undefined, null, 5]) throwsCode("RECONCILE", () => reconcile(spoiled(() => nothing)));
  });
});

describe("verification", () => {
  test("passes keys that are equal and stops those that differ in one bit", () => {
    const reconciled = reconcile();
    assert.equal(verifyKeys(directToeplitz, reconciled, 64, random()), true);
    flipBit(reconciled.corrected, 77);
    assert.equal(verifyKeys(directToeplitz, reconciled, 64, random()), false);
  });

  test("refuses sides that do not hold keys of the same length", () => {
    const reconciled = reconcile();
    const short = { ...reconciled, corrected: reconciled.corrected.subarray(1) };
    assert.throws(
      () => verifyKeys(directToeplitz, short, 64, random()),
      names("DECODE", /^Verification was not given 2400 packed bits/),
    );
    for (const bits of [0, 4097, 1.5])
      throwsCode("bad_option", () => verifyKeys(directToeplitz, reconciled, bits, random()));
  });

  test("refuses randomness that ends early", () => {
    throwsCode("bad_option", () => verifyKeys(directToeplitz, reconcile(), 64, () => new Uint8Array(5)));
  });
});

describe("privacy amplification", () => {
  test("gives as many bits as were asked for", () => {
    for (const bits of [1, 255, 256, LENGTH]) {
      const key = amplifyKeys(directToeplitz, reconcile(), bits, random());
      assert.ok(key !== null && isPackedBits(key, bits));
    }
  });

  test("gives no key when the two sides come to different ones, and zeroes both", () => {
    const seen: Uint8Array[] = [];
    const watched: UniversalHash = {
      ...directToeplitz,
      hash: (...args) => {
        seen.push(directToeplitz.hash(...args));
        return seen.at(-1)!;
      },
    };
    const reconciled = reconcile();
    flipBit(reconciled.reference, 0);
    assert.equal(amplifyKeys(watched, reconciled, 256, random()), null);
    assert.ok(seen.length === 2 && seen.every((hash) => hash.every((byte) => byte === 0)));
  });

  test("refuses to make more bits than there are", () => {
    for (const secret of [0, LENGTH + 1, 2.5])
      throwsCode("bad_option", () => amplifyKeys(directToeplitz, reconcile(), secret, random()));
  });

  test("refuses a family whose hashes are short, and zeroes them", () => {
    const seen: Uint8Array[] = [];
    const short: UniversalHash = {
      ...directToeplitz,
      hash: (input, length, bits, seed) => {
        seen.push(directToeplitz.hash(input, length, bits - 8, seed));
        return seen.at(-1)!;
      },
    };
    assert.throws(
      () => amplifyKeys(short, reconcile(), 256, random()),
      names("DECODE", /^Privacy amplification \(toeplitz, direct\) did not return 256/),
    );
    assert.ok(seen.length === 2 && seen.every((hash) => hash.every((byte) => byte === 0)));
  });
});
