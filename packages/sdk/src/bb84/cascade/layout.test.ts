import assert from "node:assert/strict";
import { test } from "node:test";
import { pooledDrbg } from "../../testing/drbg.js";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { bitMask } from "./bit-words.js";
import { PassLayouts, type PassLayout } from "./layout.js";
import { ReusedMemory } from "./memory.js";
import { cascadePlan, passOf } from "./variants.js";

const random = pooledDrbg("layouts");

/** The key bits in the order of a pass. */
function orderOf(layout: PassLayout): number[] {
  for (let start = 0; start < layout.length; start += layout.blockSize) layout.order(start);
  return Array.from({ length: layout.length }, (_, position) => layout.indexAt(position));
}

test("each pass is a permutation of the key that can be gone both ways", () => {
  for (const length of [1, 2, 33, 1000]) {
    for (const variant of ["original", "option7"] as const) {
      const plan = cascadePlan(variant, length, 0.05);
      const layouts = new PassLayouts(plan, length, random(16));
      plan.passes.forEach((_, pass) => {
        const layout = layouts.layout(pass);
        const order = orderOf(layout);
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          order.map((_, i) => i),
        );
        order.forEach((index, position) => assert.equal(layout.positionOf(index), position));
      });
    }
  }
});

test("a pass over halves says who is in which half before either is put in order", () => {
  const plan = cascadePlan("option3", 1001, 0.05);
  const layout = new PassLayouts(plan, 1001, random(16)).layout(2);
  const [first, second] = layout.halves!;
  const before = Array.from({ length: 1001 }, (_, index) => layout.positionOf(index));
  assert.deepEqual(new Set(before), new Set([0, 501]));
  const order = orderOf(layout);
  order.forEach((index, position) => {
    const inFirst = (first[index >>> 5] & bitMask(index)) !== 0;
    assert.equal(inFirst, position < 501);
    assert.equal((second[index >>> 5] & bitMask(index)) !== 0, !inFirst);
    assert.equal(before[index], inFirst ? 0 : 501);
  });
});

test("which half is searched first changes nothing", () => {
  const plan = cascadePlan("option3", 500, 0.05);
  const seed = random(16);
  const [forwards, backwards] = [0, 1].map(() => new PassLayouts(plan, 500, seed).layout(3));
  backwards.order(499);
  assert.deepEqual(orderOf(forwards), orderOf(backwards));
});

test("the first pass is the key as it is; passes, and seeds, differ from each other", () => {
  const plan = cascadePlan("original", 200, 0.05);
  const [a, b] = [0, 1].map(() => new PassLayouts(plan, 200, random(16)));
  const identity = Array.from({ length: 200 }, (_, i) => i);
  assert.deepEqual(orderOf(a.layout(0)), identity);
  assert.notDeepEqual(orderOf(a.layout(1)), identity);
  assert.notDeepEqual(orderOf(a.layout(1)), orderOf(a.layout(2)));
  assert.notDeepEqual(orderOf(a.layout(1)), orderOf(b.layout(1)));
});

test("a bit is as likely to be at any place of a shuffle, and in either half", () => {
  const trials = 20_000;
  const counts = new Int32Array(7);
  let firstHalf = 0;
  const shuffled = cascadePlan("original", 7, 0.4);
  const halved = cascadePlan("option3", 7, 0.4);
  assert.deepEqual([passOf(shuffled, 2)!.blockSize, passOf(halved, 2)!.blockSize], [7, 4]);
  for (let i = 0; i < trials; i++) {
    const seed = random(16);
    counts[new PassLayouts(shuffled, 7, seed).layout(2).positionOf(3)]++;
    if (new PassLayouts(halved, 7, seed).layout(2).positionOf(3) === 0) firstHalf++;
  }
  for (const count of counts) withinFiveSigma(count, trials, 1 / 7);
  withinFiveSigma(firstHalf, trials, 4 / 7);
});

test("memory that is used again gives the same layouts as memory that is new", () => {
  const memory = new ReusedMemory();
  const plan = cascadePlan("option7", 300, 0.05);
  for (let run = 0; run < 3; run++) {
    const seed = random(16);
    const [fresh, reused] = [new PassLayouts(plan, 300, seed), new PassLayouts(plan, 300, seed, memory)];
    for (let pass = 0; pass < 14; pass++) assert.deepEqual(orderOf(reused.layout(pass)), orderOf(fresh.layout(pass)));
    memory.giveBack();
  }
});
