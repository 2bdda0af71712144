import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bitAt, bytesForBits, isPackedBits, select, weight } from "../bits.js";
import { compress } from "./compress.js";
import { laneAt, ones, popcount, usedLanes, wordsFor } from "./words.js";

/** Words, and the packed bits that they are big-endian. */
const strings = fc.array(
  fc.tuple(fc.nat(0xffff_ffff), fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 0xffff_ffff))),
  {
    maxLength: 20,
  },
);

function packed(words: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  words.forEach((word, w) => view.setUint32(w * 4, word));
  return new Uint8Array(view.buffer);
}

describe("bit strings in words", () => {
  test("are packed bits when they are written big-endian", () => {
    fc.assert(
      fc.property(strings, (pairs) => {
        const words = Uint32Array.from(pairs, ([word]) => word);
        const bytes = packed(words);
        for (let i = 0; i < words.length * 32; i++) assert.equal(laneAt(words, i), bitAt(bytes, i));
        assert.equal(ones(words), weight(bytes));
      }),
    );
  });

  test("are compressed to what select makes of them", () => {
    fc.assert(
      fc.property(strings, (pairs) => {
        const [words, mask] = [0, 1].map((side) => Uint32Array.from(pairs, (pair) => pair[side]));
        const count = ones(mask);
        const pushed = compress(words, mask, count);
        assert.ok(isPackedBits(pushed, count) && pushed.length === bytesForBits(count));
        assert.deepEqual(pushed, select(packed(words), packed(mask)));
      }),
    );
  });

  test("have as many used lanes as there are qubits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const lanes = Array.from({ length: wordsFor(count) }, (_, w) => usedLanes(count, w));
        assert.equal(
          lanes.reduce((sum, word) => sum + popcount(word), 0),
          count,
        );
        const mask = Uint32Array.from(lanes);
        assert.deepEqual([laneAt(mask, 0), laneAt(mask, count - 1)], [1, 1]);
      }),
    );
  });
});
