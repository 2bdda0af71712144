import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drbg } from "../testing/drbg.js";
import { throwsCode } from "../testing/throws.js";
import { flipBit, positions } from "./bits.js";
import { golayReconciliation, noReconciliation } from "./reconciliation.js";

const BLOCKS = 8;
const LENGTH = BLOCKS * 24 + 5; // a tail of 5 bits, which is dropped
const rawKey = (seed: string) => drbg(seed)(Math.ceil(LENGTH / 8)).map((byte, i) => (i === 24 ? byte & 0xf8 : byte));

/** For each block, the places of 0 to 4 distinct errors. */
const errorPlaces = fc.array(fc.uniqueArray(fc.nat(23), { maxLength: 4 }), { minLength: BLOCKS, maxLength: BLOCKS });

test("P9: blocks with up to three errors are corrected, blocks with four are discarded, on both sides alike", () => {
  fc.assert(
    fc.property(fc.string(), errorPlaces, (seed, errors) => {
      const sent = rawKey(seed);
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

test("syndromes of the wrong number or with more than 12 bits are refused", () => {
  const raw = rawKey("syndromes");
  const syndromes = golayReconciliation.syndromes(raw, LENGTH);
  assert.equal(syndromes.length, BLOCKS * 2);
  for (const wrong of [syndromes.subarray(2), syndromes.subarray(1), Uint8Array.of(...syndromes, 0, 0)]) {
    throwsCode("DECODE", () => golayReconciliation.correct(raw, LENGTH, wrong));
  }
  const tooWide = syndromes.slice();
  tooWide[6] |= 0x10;
  throwsCode("DECODE", () => golayReconciliation.correct(raw, LENGTH, tooWide));
});

test("a keep mask of the wrong size or with stray bits is refused", () => {
  const raw = rawKey("keep");
  throwsCode("DECODE", () => golayReconciliation.keep(raw, LENGTH, new Uint8Array(0)));
  throwsCode("DECODE", () => golayReconciliation.keep(raw, LENGTH, new Uint8Array(2)));
  throwsCode("DECODE", () => golayReconciliation.keep(raw, 5 * 24, Uint8Array.of(0b1111_1100)));
});

test("the classic profile keeps the raw key as it is and has neither syndromes nor mask", () => {
  const raw = Uint8Array.of(0xab, 0xc0);
  const expected = { key: raw, length: 10, leaked: 0 };
  assert.deepEqual(noReconciliation.keep(raw, 10, noReconciliation.syndromes(raw, 10)), expected);
  assert.deepEqual(noReconciliation.correct(raw, 10, new Uint8Array(0)), { ...expected, keepMask: new Uint8Array(0) });
  throwsCode("DECODE", () => noReconciliation.correct(raw, 10, Uint8Array.of(0)));
  throwsCode("DECODE", () => noReconciliation.keep(raw, 10, Uint8Array.of(0)));
});
