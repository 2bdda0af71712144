import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../../testing/throws.js";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import type { ReconciliationMethod } from "./methods.js";
import { sweep, SWEEP_PARAMETERS } from "./sweep.js";

describe("a sweep over the share of an eavesdropper", () => {
  const shares = [0, 0.2, 1];
  const rows = sweep("eavesdropper.share", shares, { qubits: 20_000, runs: 3, seed: "sweep" });

  test("has a row for each value, in their order, with all of its runs", () => {
    assert.deepEqual(
      rows.map(({ value }) => value),
      shares,
    );
    for (const { runs, ledgers, verdicts } of rows) {
      assert.deepEqual([runs, ledgers.length], [3, 3]);
      assert.equal(verdicts.key + verdicts.eavesdropper + verdicts.noisy + verdicts.mismatch, 3);
    }
    assert.deepEqual([rows[0].verdicts.key, rows[2].verdicts.eavesdropper], [3, 3]);
  });

  test("compares what was counted with p/4 errors and p/2 known bits", () => {
    rows.forEach(({ qber, known, sifted, gain }, i) => {
      assert.ok(Math.abs(qber.expected - shares[i] / 4) < 1e-12 && Math.abs(known.expected - shares[i] / 2) < 1e-12);
      assert.deepEqual([gain.measured, gain.expected], [1, 1]);
      const bits = sifted.measured * 60_000;
      withinFiveSigma(bits, 60_000, sifted.expected);
      withinFiveSigma(qber.measured * bits, bits, qber.expected);
      withinFiveSigma(known.measured * bits, bits, known.expected);
    });
  });

  test("has the mean of the secret bits of its ledgers", () => {
    for (const { secret, ledgers } of rows)
      assert.equal(secret, ledgers.reduce((sum, ledger) => sum + ledger.secret, 0) / 3);
    assert.ok(rows[0].secret > 256 && rows[2].secret === 0);
  });

  test("is the same again with the same seed, with runs that differ", () => {
    assert.deepEqual(sweep("eavesdropper.share", shares, { qubits: 20_000, runs: 3, seed: "sweep" }), rows);
    const [{ ledgers }] = rows;
    assert.notDeepEqual(ledgers[0], ledgers[1]);
  });
});

describe("a sweep", () => {
  test("can vary each of its parameters", () => {
    for (const parameter of SWEEP_PARAMETERS) {
      const value = parameter === "qubits" ? 64 : 0.25;
      const [row] = sweep(parameter, [value], { qubits: 32, seed: parameter });
      assert.equal(row.value, value);
      assert.equal(row.ledgers[0].lines[0].bits, parameter === "qubits" ? 64 : 32);
    }
  });

  test("keeps the other options of the group that it varies", () => {
    const [row] = sweep("channel.bitFlip", [0.1], { qubits: 64, channel: { phaseFlip: 0.1 } });
    assert.ok(Math.abs(row.qber.expected - 0.1) < 1e-12);
  });

  test("is refused before its first run when any value cannot be", () => {
    const unwanted: ReconciliationMethod = { name: "unwanted", reconcile: () => assert.fail("was called") };
    const options = { qubits: 4096, reconciliation: unwanted };
    for (const values of [[0.1, 1.1], [Number.NaN], [], 0.5, "0.1", [undefined]])
      throwsCode("bad_option", () => sweep("channel.bitFlip", values as number[], options));
    throwsCode("bad_option", () => sweep("noise" as never, [0.1], options));
    for (const runs of [0, 1.5, 10_001]) throwsCode("bad_option", () => sweep("diagonal", [0.5], { ...options, runs }));
    throwsCode("bad_option", () => sweep("diagonal", [0.5], { ...options, repeats: 2 } as never));
    throwsCode("bad_option", () => sweep("diagonal", [0.5], null as never));
  });
});
