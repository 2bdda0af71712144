import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { property } from "../testing/property.js";
import { flipBit, positions } from "./bits.js";
import { golayReconciliation } from "./reconciliation.js";

const BLOCKS = 8;
const LENGTH = BLOCKS * 24 + 5; // a tail of 5 bits, which is dropped
const keys = fc
  .uint8Array({ minLength: 25, maxLength: 25 })
  .map((bytes) => bytes.map((byte, i) => (i === 24 ? byte & 0xf8 : byte)));
/** For each block, the places of 0 to 4 distinct errors. */
const errorPlaces = fc.array(fc.uniqueArray(fc.nat(23), { maxLength: 4 }), { minLength: BLOCKS, maxLength: BLOCKS });

describe("reconciliation with Golay syndromes", () => {
  property(
    "P9: corrects blocks with up to three errors and discards blocks with four, on both sides alike",
    fc.property(keys, errorPlaces, (sent, errors) => {
      const received = sent.slice();
      errors.forEach((places, block) => places.forEach((place) => flipBit(received, block * 24 + place)));
      const corrected = golayReconciliation.correct(received, LENGTH, golayReconciliation.syndromes(sent, LENGTH));
      const kept = errors.flatMap((places, block) => (places.length <= 3 ? [block] : []));
      assert.deepEqual(positions(corrected.keepMask), kept);
      assert.deepEqual(
        corrected.key,
        Uint8Array.from(kept.flatMap((block) => [...sent.subarray(block * 3, block * 3 + 3)])),
      );
      const { keepMask, ...ofReceiver } = corrected;
      assert.deepEqual(golayReconciliation.keep(sent, LENGTH, keepMask), ofReceiver);
      assert.deepEqual([ofReceiver.length, ofReceiver.leaked], [kept.length * 24, kept.length * 12]);
    }),
  );
});
