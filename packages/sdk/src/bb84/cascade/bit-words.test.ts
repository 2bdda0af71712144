import assert from "node:assert/strict";
import { test } from "node:test";
import { pooledDrbg } from "../../testing/drbg.js";
import { bitAt } from "../bits.js";
import { getBits, putBits } from "../packed-words.js";
import { gatherBits, maskParity, rangeParity, wordWeight } from "./bit-words.js";

const LENGTH = 200;
const random = pooledDrbg("bit words");
const bits = random(LENGTH / 8);
const words = new Int32Array(7);
putBits(bits, words);
const ones = (start: number, end: number) => {
  let count = 0;
  for (let i = start; i < end; i++) count += bitAt(bits, i);
  return count;
};

test("parities of ranges, of masks and the weight of a word are those of their bits", () => {
  for (let start = 0; start < LENGTH; start++) {
    for (let end = start + 1; end <= LENGTH; end++)
      assert.equal(rangeParity(words, start, end), ones(start, end) & 1, `${start} … ${end}`);
  }
  const mask = new Int32Array(7);
  putBits(
    Uint8Array.from(bits, (_, i) => (i < 10 ? 0xff : 0)),
    mask,
  );
  assert.equal(maskParity(words, mask), ones(0, 80) & 1);
  assert.equal(wordWeight(words[2]), ones(64, 96));
  assert.deepEqual([wordWeight(-1), wordWeight(0)], [32, 0]);
});

test("gathering takes the bits that indexes name, from any place to any place", () => {
  const indexes = Int32Array.from({ length: LENGTH }, (_, i) => (i * 37 + 11) % LENGTH);
  for (const [start, end] of [
    [0, LENGTH],
    [5, 9],
    [30, 70],
    [64, 192],
  ]) {
    const out = new Int32Array(7);
    gatherBits(out, words, indexes, start, end);
    const gathered = getBits(out, LENGTH);
    for (let i = 0; i < LENGTH; i++)
      assert.equal(bitAt(gathered, i), i >= start && i < end ? bitAt(bits, indexes[i]) : 0);
  }
});
