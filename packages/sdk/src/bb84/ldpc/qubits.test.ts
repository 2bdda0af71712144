import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { finishRun, startRun } from "../../testing/bb84-run.js";
import { PROFILES } from "../run/profiles.js";
import { ldpcQubits } from "./qubits.js";

const RATES = [0, 0.01, 0.03, 0.05, 0.07];

describe("the qubits for an LDPC block", () => {
  it("are a number that the profile takes, rise with the error rate, and end at what a frame holds", () => {
    const counts = [...RATES, 0.09, 0.11, 0.5, 1].map(ldpcQubits);
    for (const count of counts) assert.ok(PROFILES.ldpc.isValidQubitCount(count), `${count}`);
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
    );
    assert.deepEqual(counts.slice(-3), [92_160, 92_160, 92_160]);
  });

  for (const noise of RATES) {
    it(`nearly always give a key at the first try over ${Math.round(100 * noise)} % noise`, () => {
      const runs = Array.from({ length: 12 }, (_, i) =>
        finishRun(startRun({ profile: "ldpc", qubitCount: ldpcQubits(noise), noise, seed: `qubits ${noise} ${i}` })),
      );
      assert.ok(runs.filter(({ code }) => code === "keyed").length >= 11, runs.map(({ code }) => code).join(" "));
    });
  }
});
