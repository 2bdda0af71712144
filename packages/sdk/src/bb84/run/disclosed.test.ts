import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { finishRun, startRun } from "../../testing/bb84-run.js";
import { bitAt, positions, without } from "../bits.js";
import type { DisclosedQubit } from "./disclosed.js";
import { symbolAt } from "./qubits.js";

const ALL = Number.MAX_SAFE_INTEGER;

function disclosedRun(seed: string) {
  const { alice, bob, count } = startRun({ noise: 0.02, seed });
  const symbols = alice.qubits.slice();
  const message = alice.sift(bob.bases);
  const beforeAnswer = alice.disclosed(ALL);
  const answer = bob.reconcile(message);
  alice.finish(answer);
  return { alice, bob, count, symbols, message, answer, beforeAnswer };
}

const indices = (qubits: readonly DisclosedQubit[]) => qubits.map(({ index }) => index);

describe("disclosed qubits", () => {
  const { alice, bob, count, symbols, message, answer, beforeAnswer } = disclosedRun("disclosed");
  const { match, sample } = message;

  test("never include one whose bit may be part of a key", () => {
    const keyBits = new Set(positions(without(match, sample)));
    assert.ok(keyBits.size > 0);
    for (const side of [alice, bob]) {
      const shown = indices(side.disclosed(ALL));
      assert.equal(shown.length, count - keyBits.size);
      assert.ok(shown.every((index) => !keyBits.has(index)));
    }
  });

  test("the sender knows all that was sent, and the outcomes of the sample once they are told", () => {
    for (const qubits of [beforeAnswer, alice.disclosed(ALL)]) {
      for (const { index, sent } of qubits) assert.equal((sent.basis << 1) | sent.bit!, symbolAt(symbols, index));
    }
    assert.ok(beforeAnswer.every(({ measured }) => measured.bit === null));
    for (const { index, measured } of alice.disclosed(ALL)) {
      assert.equal(measured.basis, bitAt(bob.bases, index));
      assert.equal(measured.bit === null, bitAt(sample, index) === 0);
    }
  });

  test("the receiver knows his outcomes, and what was sent where it was sampled", () => {
    for (const { index, sent, measured } of bob.disclosed(ALL)) {
      assert.equal(sent.basis, symbolAt(symbols, index) >>> 1);
      assert.equal(sent.bit, bitAt(sample, index) ? symbolAt(symbols, index) & 1 : null);
      assert.equal(measured.basis, bitAt(bob.bases, index));
      assert.notEqual(measured.bit, null);
    }
  });

  test("both sides show the same sample, with as many errors as the ledger says", () => {
    const sampled = (qubits: readonly DisclosedQubit[]) => qubits.filter(({ index }) => bitAt(sample, index));
    assert.deepEqual(sampled(alice.disclosed(ALL)), sampled(bob.disclosed(ALL)));
    const errors = sampled(bob.disclosed(ALL)).filter(({ sent, measured }) => sent.bit !== measured.bit).length;
    assert.equal(errors, answer.errors);
    assert.ok(errors > 0);
  });

  test("are at most 128 unless told, spread over the whole run in rising order", () => {
    for (const side of [alice, bob]) {
      const shown = indices(side.disclosed());
      assert.equal(shown.length, 128);
      assert.deepEqual(
        shown,
        [...new Set(shown)].sort((a, b) => a - b),
      );
      for (let quarter = 0; quarter < 4; quarter++) {
        const inQuarter = shown.filter((index) => Math.floor((4 * index) / count) === quarter).length;
        assert.ok(inQuarter >= 24 && inQuarter <= 40, `${inQuarter} in quarter ${quarter}`);
      }
      assert.deepEqual([side.disclosed(0), side.disclosed(1).length], [[], 1]);
    }
  });

  test("can still be shown when the error rate stopped the run", () => {
    const run = startRun({ eve: 1, seed: "stopped" });
    assert.deepEqual(run.bob.disclosed(), []);
    assert.equal(finishRun(run).code, "QBER");
    const shown = run.bob.disclosed(ALL);
    const wrong = shown.filter(({ sent, measured }) => sent.bit !== null && sent.bit !== measured.bit);
    assert.equal(wrong.length, run.bob.estimate!.errors);
  });
});
