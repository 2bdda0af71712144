import assert from "node:assert/strict";
import { test } from "node:test";
import { noisyPair } from "../../testing/cascade-runs.js";
import { pooledDrbg } from "../../testing/drbg.js";
import { AUTHENTICATION_BITS } from "../authentication/transcript.js";
import { ledgerBits } from "../ledger.js";
import { polynomialHash } from "../verification/polynomial-hash.js";
import { cascadeMethod } from "./cascade-method.js";
import { exchange } from "./exchange.js";

test("as the reconciliation of an exchange Cascade drops no bits and gives both sides a key of their own", () => {
  const random = pooledDrbg("method");
  const pair = noisyPair(2000, 60, random);
  const before = pair.reference.slice();
  const output = cascadeMethod({ variant: "option4" }).reconcile({ ...pair, qber: 0.03, random });
  assert.deepEqual(output.corrected, before);
  assert.deepEqual([output.reference, output.length], [before, 2000]);
  assert.notEqual(output.reference, pair.reference);
  assert.ok(output.leaked > 300 && output.leaked < 800 && output.rounds > 10);
  assert.equal(cascadeMethod().name, "cascade, original, all-at-once");
});

test("a long key is corrected in blocks, whose messages travel together", () => {
  const random = pooledDrbg("long");
  const pair = noisyPair(300_000, 3000, random);
  const seen: number[] = [];
  const observer = { passStarted: (pass: number) => void seen.push(pass) };
  const long = cascadeMethod({ variant: "option3", observer }).reconcile({ ...pair, qber: 0.01, random });
  assert.deepEqual(long.corrected, pair.reference);
  assert.equal(seen.filter((pass) => pass === 0).length, 2);
  const all = 300_000 * 0.0808;
  assert.ok(long.leaked > all && long.leaked < 1.15 * all, `${long.leaked}`);
  assert.ok(long.rounds < 200, `${long.rounds}`);
});

test("errors that the sample did not meet are corrected too", () => {
  const random = pooledDrbg("unmet");
  for (const errors of [1, 2, 4]) {
    const pair = noisyPair(5000, errors, random);
    const { corrected } = cascadeMethod({ variant: "option4" }).reconcile({ ...pair, qber: 0, random });
    assert.deepEqual(corrected, pair.reference);
  }
});

test("an exchange with Cascade, a polynomial hash and an authenticated transcript comes to a key and accounts for all three", () => {
  const { verdict, key, ledger, stats } = exchange({
    qubits: 32_768,
    channel: { depolarising: 0.06 },
    reconciliation: cascadeMethod({ variant: "option4" }),
    verification: polynomialHash,
    authentication: AUTHENTICATION_BITS,
    seed: "cascade",
  });
  assert.equal(verdict, "key");
  assert.equal(key.length, Math.ceil(ledger.secret / 8));
  assert.deepEqual([ledgerBits(ledger, "dropped"), ledgerBits(ledger, "authentication")], [0, 192]);
  assert.equal(ledgerBits(ledger, "leaked"), stats.reconciliation!.leaked);
});
