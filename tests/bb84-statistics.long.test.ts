import assert from "node:assert/strict";
import { test } from "node:test";
import { finishRun, startRun, type RunSetting } from "../packages/sdk/src/testing/bb84-run.js";

const QUBITS = 65_536;
const RUNS = 125;

/** Flips by noise e and by an eavesdropper on a share p, who causes one on a quarter of what she measures. */
function expectedQber(noise: number, eve: number): number {
  return eve / 4 + noise - (2 * noise * eve) / 4;
}

for (const { noise = 0, eve = 0 } of [
  { noise: 0.01 },
  { noise: 0.08 },
  { eve: 0.1 },
  { eve: 0.25 },
  { eve: 1 },
  { noise: 0.03, eve: 0.5 },
] satisfies Partial<RunSetting>[]) {
  test(`with noise ${noise} and Eve on ${eve} of the qubits, a million sampled bits have the error rate of theory within 5 σ`, () => {
    let [sampled, errors] = [0, 0];
    for (let run = 0; run < RUNS; run++) {
      const sides = startRun({ profile: "golay", qubitCount: QUBITS, noise, eve, seed: `long ${noise} ${eve} ${run}` });
      finishRun(sides);
      assert.ok(sides.bob.estimate !== null, "the error rate is known also when it is the reason to stop");
      sampled += sides.bob.estimate.sampled;
      errors += sides.bob.estimate.errors;
    }
    const expected = expectedQber(noise, eve);
    const sigma = Math.sqrt((expected * (1 - expected)) / sampled);
    assert.ok(sampled > 1_000_000, `${sampled} bits`);
    assert.ok(
      Math.abs(errors / sampled - expected) < 5 * sigma,
      `${errors / sampled} instead of ${expected} ± ${sigma}`,
    );
  });
}
