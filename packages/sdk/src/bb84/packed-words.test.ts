import assert from "node:assert/strict";
import { test } from "node:test";
import { pooledDrbg } from "../testing/drbg.js";
import { bitAt } from "./bits.js";
import { getBits, putBits, reverseBits } from "./packed-words.js";

test("bits go into words and come back, at any word, and reversed", () => {
  const source = new Int32Array(4);
  putBits(pooledDrbg("packed words")(16), source);
  for (let count = 1; count <= 100; count++) {
    const packed = getBits(source, count);
    const words = new Int32Array(8);
    putBits(packed, words, 3);
    assert.deepEqual(getBits(words, count, 3), packed);
    assert.ok(words.subarray(0, 3).every((word) => word === 0));
    reverseBits(words, count, 3);
    const reversed = getBits(words, 160, 3);
    for (let i = 0; i < 160; i++) assert.equal(bitAt(reversed, i), i < count ? bitAt(packed, count - 1 - i) : 0);
  }
});
