import assert from "node:assert/strict";
import { test } from "node:test";
import { cascadePlan, CASCADE_VARIANTS, passOf, type CascadeVariant } from "./variants.js";

const sizes = (variant: CascadeVariant, length: number, qber: number) =>
  cascadePlan(variant, length, qber).passes.map(({ blockSize }) => blockSize);

test("the block sizes are the published ones", () => {
  const halves = (count: number) => Array.from({ length: count }, () => 5000);
  assert.deepEqual(sizes("original", 10_000, 0.03), [25, 50, 100, 200]);
  assert.deepEqual(sizes("biconf", 10_000, 0.03), [31, 93]);
  assert.deepEqual(sizes("yanetal", 10_000, 0.03), [27, 135, ...halves(8)]);
  assert.deepEqual(sizes("option3", 10_000, 0.03), [34, 68, ...halves(14)]);
  assert.deepEqual(sizes("option4", 10_000, 0.03), [34, 68, ...halves(14)]);
  assert.deepEqual(sizes("option7", 10_000, 0.03), [64, 256, ...halves(12)]);
  assert.deepEqual(sizes("option8", 10_000, 0.03), [32, 512, 4096, ...halves(11)]);
});

test("no block is longer than the key, and an odd key has its longer half first", () => {
  for (const variant of CASCADE_VARIANTS) {
    for (const length of [1, 2, 17]) assert.ok(sizes(variant, length, 0.01).every((size) => size <= length));
    assert.ok(sizes(variant, 1_000_000, 0).every((size) => size <= 1_000_000));
  }
  assert.equal(sizes("option3", 17, 0.1)[2], 9);
});

test("only biconf has rounds after its passes, of a half each, in which nothing cascades", () => {
  for (const variant of CASCADE_VARIANTS) {
    const plan = cascadePlan(variant, 10_001, 0.05);
    const after = passOf(plan, plan.passes.length);
    assert.deepEqual(after, variant === "biconf" ? { blockSize: 5001, cascades: false } : undefined);
    assert.equal(plan.biconfStreak, variant === "biconf" ? 10 : 0);
  }
});
