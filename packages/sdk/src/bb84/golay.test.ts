import assert from "node:assert/strict";
import { test } from "node:test";
import { PROTOCOL_VECTORS } from "../testing/protocol-vectors.js";
import { golayErrorPattern, golaySyndrome } from "./golay.js";

/** All words of 24 bits with this many ones. */
function* wordsOfWeight(ones: number, below: number = 24): Generator<number> {
  if (ones === 0) yield 0;
  else
    for (let top = ones - 1; top < below; top++)
      for (const rest of wordsOfWeight(ones - 1, top)) yield (1 << top) | rest;
}

test("syndromes are those of the protocol's vectors", () => {
  for (const [word, syndrome] of PROTOCOL_VECTORS.golay.syndromes) assert.equal(golaySyndrome(word), syndrome);
});

test("P9: each of the 2325 patterns of at most three errors is found from its syndrome alone", () => {
  let patterns = 0;
  for (const ones of [0, 1, 2, 3]) {
    for (const word of wordsOfWeight(ones)) {
      assert.equal(golayErrorPattern(golaySyndrome(word)), word);
      patterns++;
    }
  }
  assert.equal(patterns, PROTOCOL_VECTORS.golay.patterns);
});

test("P9: every pattern of four errors is recognised as not correctable", () => {
  let patterns = 0;
  for (const word of wordsOfWeight(4)) {
    assert.equal(golayErrorPattern(golaySyndrome(word)), null);
    patterns++;
  }
  assert.equal(patterns, 10_626); // C(24, 4)
});

test("the syndrome is linear, so the syndrome of a difference needs only the syndromes", () => {
  for (let i = 0; i < 24; i++) {
    for (let word = 1; word < 2 ** 24; word = word * 3 + 1) {
      assert.equal(golaySyndrome(word ^ (1 << i)), golaySyndrome(word) ^ golaySyndrome(1 << i));
    }
  }
});
