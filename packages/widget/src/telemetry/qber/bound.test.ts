import assert from "node:assert/strict";
import { test } from "node:test";
import { estimateErrors, disclose, seededRandom, transmit } from "@qsec2/sdk/bb84";
import { stepDetail } from "../../testing/details.js";
import { onStep } from "../run.js";
import { boundOf } from "./bound.js";

test("the bound on the screen is the one that the engine computes from the same sample", () => {
  const disclosure = disclose(
    transmit({ qubits: 8192, channel: { depolarising: 0.04 }, seed: "bound" }),
    0.25,
    seededRandom("bound"),
  );
  const { low, high, failure, errors, sampled } = estimateErrors(disclosure);
  const counts = { qubits: 8192, matched: disclosure.raw.length + sampled, sampled, errors };
  assert.deepEqual(boundOf(onStep(null, stepDetail(5, { counts }))), { low, high, failure });
});

test("there is no bound without a sample, and none from numbers that cannot be", () => {
  assert.equal(boundOf(null), null);
  assert.equal(boundOf(onStep(null, stepDetail(4))), null);
  for (const wrong of [
    { sampled: 0, errors: 0 },
    { sampled: 10, errors: 11 },
    { sampled: 2000, errors: 1 },
  ])
    assert.equal(boundOf(onStep(null, stepDetail(5, { counts: { qubits: 4096, matched: 2000, ...wrong } }))), null);
});
