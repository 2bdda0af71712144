import assert from "node:assert/strict";
import { test } from "node:test";
import { drbg } from "../testing/drbg.js";
import { throwsCode } from "../testing/throws.js";
import { golayReconciliation, noReconciliation } from "./reconciliation.js";

const BLOCKS = 8;
const LENGTH = BLOCKS * 24 + 5; // a tail of 5 bits, which is dropped
const rawKey = (seed: string) => drbg(seed)(Math.ceil(LENGTH / 8)).map((byte, i) => (i === 24 ? byte & 0xf8 : byte));

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
  assert.deepEqual(noReconciliation.keep(raw, 10, noReconciliation.syndromes()), expected);
  assert.deepEqual(noReconciliation.correct(raw, 10, new Uint8Array(0)), { ...expected, keepMask: new Uint8Array(0) });
  throwsCode("DECODE", () => noReconciliation.correct(raw, 10, Uint8Array.of(0)));
  throwsCode("DECODE", () => noReconciliation.keep(raw, 10, Uint8Array.of(0)));
});
