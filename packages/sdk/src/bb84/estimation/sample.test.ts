import assert from "node:assert/strict";
import { test } from "node:test";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { bitAt, bytesForBits, weight } from "../bits.js";
import { seededRandom } from "../randomness/sources.js";
import { WordStream } from "../randomness/word-stream.js";
import { chooseSubset } from "./sample.js";

test("a subset has exactly the size that was asked for", () => {
  const stream = new WordStream(seededRandom("sizes"));
  for (const count of [0, 1, 7, 8, 9, 100]) {
    for (let size = 0; size <= count; size++) {
      const mask = chooseSubset(count, size, stream);
      assert.equal(weight(mask), size);
      assert.equal(mask.length, bytesForBits(count));
      for (let i = count; i < mask.length * 8; i++) assert.equal(bitAt(mask, i), 0);
    }
  }
});

test("each of the ten subsets of two of five places is equally likely", () => {
  const stream = new WordStream(seededRandom("subsets"));
  const counts = new Map<number, number>();
  const trials = 50_000;
  for (let i = 0; i < trials; i++) {
    const [subset] = chooseSubset(5, 2, stream);
    counts.set(subset, (counts.get(subset) ?? 0) + 1);
  }
  assert.equal(counts.size, 10);
  for (const [subset, count] of counts) withinFiveSigma(count, trials, 0.1, `subset ${subset}`);
});
