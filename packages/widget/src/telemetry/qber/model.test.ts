import assert from "node:assert/strict";
import { test } from "node:test";
import { stepDetail } from "../../testing/details.js";
import { onStep } from "../run.js";
import { barPercent, LIMIT_PERCENT, statistics } from "./model.js";

test("the bar ends at thirty percent and never leaves its box", () => {
  assert.equal(barPercent(0), 0);
  assert.equal(barPercent(0.15), 50);
  assert.equal(barPercent(0.9), 100);
  assert.equal(barPercent(-1), 0);
});

test("the limit's label stands where the limit's line does", () => {
  assert.equal(LIMIT_PERCENT, 36.7); // written out in the styles, which cannot compute it
});

test("a number that the run has not reached is null, a zero that was counted is a zero", () => {
  const run = onStep(null, stepDetail(5, { counts: { qubits: 4096, matched: 2000, sampled: 500, errors: 0 } }));
  const values = Object.fromEntries(statistics(run).map(({ name, value }) => [name, value]));
  assert.deepEqual(values, { qubits: 4096, matched: 2000, sampled: 500, errors: 0, leaked: null, secret: null });
  assert.ok(statistics(null).every(({ value }) => value === null));
});
