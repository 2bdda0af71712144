import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { finishRun, startRun, type RunSetting } from "../../testing/bb84-run.js";
import { throwsCode } from "../../testing/throws.js";
import { weight } from "../bits.js";
import { PROFILES } from "./profiles.js";

/** What `runs` seeded first attempts end with, as a count for each outcome. */
function outcomes(runs: number, setting: Omit<RunSetting, "seed">): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < runs; i++) {
    const { code } = finishRun(startRun({ ...setting, seed: `${JSON.stringify(setting)} ${i}` }));
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

describe("a run", () => {
  test("without noise keeps every whole block of golay and every raw bit of classic", () => {
    const golay = finishRun(startRun({ qubitCount: 4096, seed: "whole blocks" }));
    assert.ok(golay.code === "keyed");
    const { matched, sampled, reconciled, leaked, secret, key, qber } = golay.alice;
    const blocks = Math.floor((matched - sampled) / 24);
    assert.deepEqual(
      [qber, reconciled, leaked, secret, key.length],
      [0, 24 * blocks, 12 * blocks, 12 * blocks - 64, 3 * blocks],
    );

    const classic = finishRun(startRun({ profile: "classic", seed: "raw bits" }));
    assert.ok(classic.code === "keyed");
    const raw = classic.alice.matched - classic.alice.sampled;
    assert.deepEqual([classic.alice.reconciled, classic.alice.leaked, classic.alice.secret], [raw, 0, raw]);
    assert.ok(weight(classic.alice.key) > 0 && classic.alice.key.length === Math.ceil(raw / 8));
  });

  test("shows the error rate that made it give up, on the side that gave up", () => {
    const run = startRun({ eve: 1, seed: "full eve" });
    assert.equal(run.bob.estimate, null);
    assert.equal(finishRun(run).code, "QBER");
    const { sampled, errors, qber } = run.bob.estimate!;
    assert.equal(qber, errors / sampled);
    assert.ok(Math.abs(qber - 0.25) < 5 * Math.sqrt((0.25 * 0.75) / sampled), `${qber}`);
  });

  test("tells the sender of the error rate by the sample alone, as the receiver that gave up has no keep mask", () => {
    const { alice, bob } = startRun({ eve: 1, seed: "told" });
    const message = alice.sift(bob.bases);
    assert.equal(bob.sampleBits, null);
    throwsCode("QBER", () => bob.reconcile(message));
    const sampleBits = bob.sampleBits!;
    throwsCode("QBER", () => alice.finish({ sampleBits, keepMask: new Uint8Array(0) }));
    assert.deepEqual(alice.estimate, bob.estimate);
    bob.wipe();
    assert.equal(bob.sampleBits, null);
  });

  test("takes each step once and in order", () => {
    const { alice, bob } = startRun({ seed: "order" });
    throwsCode("bad_state", () => alice.finish({ sampleBits: new Uint8Array(0), keepMask: new Uint8Array(0) }));
    const sift = alice.sift(bob.bases);
    throwsCode("bad_state", () => alice.sift(bob.bases));
    const answer = bob.reconcile(sift);
    throwsCode("bad_state", () => bob.reconcile(sift));
    alice.finish(answer);
    throwsCode("bad_state", () => alice.finish(answer));
  });

  test("works at the largest number of qubits and within its message size", () => {
    const { alice, bob } = startRun({ qubitCount: PROFILES.golay.maxQubits, noise: 0.01, seed: "largest" });
    const sift = alice.sift(bob.bases);
    const { match, sample, sampleBits, syndromes } = sift;
    assert.ok(match.length + sample.length + sampleBits.length + syndromes.length < 20_000);
    assert.deepEqual(alice.finish(bob.reconcile(sift)).secret > 256, true);
  });
});

// Wide bands: the rates of a hundred runs scatter by a few per cent.
describe("first attempts at 4096 qubits with golay", () => {
  const RUNS = 100;
  const keyed = (setting: Omit<RunSetting, "seed">) => (outcomes(RUNS, setting)["keyed"] ?? 0) / RUNS;

  test("all succeed at 0 and 1 % noise", () => {
    assert.equal(keyed({ noise: 0 }), 1);
    assert.equal(keyed({ noise: 0.01 }), 1);
  });

  test("nearly all succeed at 3 %, about a third at 5 %, few at 6 %", () => {
    between(keyed({ noise: 0.03 }), 0.86, 1);
    between(keyed({ noise: 0.05 }), 0.12, 0.55);
    between(keyed({ noise: 0.06 }), 0, 0.18);
  });

  test("about half succeed at 5 % with twice the qubits", () => {
    between(keyed({ noise: 0.05, qubitCount: 8192 }), 0.3, 0.75);
  });

  test("most survive an eavesdropper on a tenth of the qubits at 1 % noise, hardly one a quarter", () => {
    between(keyed({ noise: 0.01, eve: 0.1 }), 0.82, 1);
    between(keyed({ noise: 0.01, eve: 0.25 }), 0, 0.06);
  });

  test("are always stopped by the 11 % rule when every qubit is intercepted", () => {
    assert.deepEqual(outcomes(RUNS, { noise: 0.01, eve: 1 }), { QBER: RUNS });
  });
});

describe("first attempts of classic", () => {
  const RUNS = 200;
  const keyed = (noise: number) => (outcomes(RUNS, { profile: "classic", noise })["keyed"] ?? 0) / RUNS;

  test("all succeed without noise", () => assert.equal(keyed(0), 1));

  test("little more than half succeed at 1 % noise, few at 5 %", () => {
    between(keyed(0.01), 0.42, 0.76);
    between(keyed(0.05), 0, 0.18);
  });
});

describe("first attempts of ldpc", () => {
  const RUNS = 12;
  const keyed = (setting: Omit<RunSetting, "seed">) =>
    (outcomes(RUNS, { profile: "ldpc", ...setting })["keyed"] ?? 0) / RUNS;

  // The sample decides: where the key is short, one with more errors than expected leaves too few secret bits.
  test("give a key with the more qubits, the more noise there is", () => {
    for (const [noise, qubitCount] of [
      [0, 4096],
      [0.01, 8192],
      [0.02, 8192],
      [0.04, 16_384],
      [0.06, 32_768],
      [0.07, 65_536],
    ] as const)
      between(keyed({ noise, qubitCount }), 0.75, 1);
  });

  test("survive an eavesdropper on a fifth of the qubits where there are enough of them, and never on all", () => {
    between(keyed({ noise: 0.01, eve: 0.2, qubitCount: 32_768 }), 0.75, 1);
    assert.deepEqual(outcomes(RUNS, { profile: "ldpc", noise: 0.01, eve: 1 }), { QBER: RUNS });
  });

  test("never give a key at 10 % noise", () => {
    const codes = Object.keys(outcomes(RUNS, { profile: "ldpc", noise: 0.1 }));
    assert.deepEqual(
      codes.filter((code) => !["INSUFFICIENT", "QBER", "RECONCILE"].includes(code)),
      [],
    );
  });

  test("have a key of 256 bits that depends on every reconciled bit, and count what was told", () => {
    const run = finishRun(startRun({ profile: "ldpc", noise: 0.01, seed: "ledger" }));
    assert.ok(run.code === "keyed");
    const { matched, sampled, reconciled, leaked, secret, key } = run.alice;
    assert.deepEqual([sampled, reconciled, key.length], [Math.floor(matched / 3), matched - sampled, 32]);
    assert.ok(leaked > 128 && secret >= 256 && secret + leaked < reconciled);
    assert.ok(weight(key) > 80 && weight(key) < 176);
  });

  test("stay within the size of a frame with the most qubits", () => {
    const { alice, bob } = startRun({ profile: "ldpc", qubitCount: 92_160, noise: 0.08, seed: "largest" });
    const { match, sample, sampleBits, syndromes } = alice.sift(bob.bases, 0.11);
    // The rest of an M3: frame head, tag, two lengths and a key_ID of up to 255 bytes.
    assert.ok(match.length + sample.length + sampleBits.length + syndromes.length + 10 + 16 + 4 + 256 < 32 * 1024);
  });

  test("end with RECONCILE when there are more errors than the sender expected, and disclose the sample", () => {
    const { alice, bob } = startRun({ profile: "ldpc", noise: 0.05, qubitCount: 16_384, seed: "unexpected" });
    throwsCode("RECONCILE", () => bob.reconcile(alice.sift(bob.bases, 0.01)));
    assert.ok(bob.sampleBits !== null && Math.abs(bob.estimate!.qber - 0.05) < 0.02);
  });
});

function between(rate: number, low: number, high: number): void {
  assert.ok(rate >= low && rate <= high, `the rate ${rate} is not between ${low} and ${high}`);
}
