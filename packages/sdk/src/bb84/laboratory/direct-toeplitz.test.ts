import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { bitAt, bytesForBits, isPackedBits, setBit } from "../bits.js";
import { seededRandom } from "../randomness/sources.js";
import { directToeplitz } from "./direct-toeplitz.js";

/** The definition, bit by bit: bit i is ⊕ⱼ s[i − j + n − 1]·x[j]. */
function byDefinition(input: Uint8Array, inputBits: number, outputBits: number, seed: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytesForBits(outputBits));
  for (let i = 0; i < outputBits; i++) {
    let bit = 0;
    for (let j = 0; j < inputBits; j++) bit ^= bitAt(seed, i - j + inputBits - 1) & bitAt(input, j);
    if (bit === 1) setBit(out, i);
  }
  return out;
}

const hashing = fc
  .record({ inputBits: fc.integer({ min: 0, max: 150 }), outputBits: fc.integer({ min: 1, max: 150 }) })
  .chain(({ inputBits, outputBits }) =>
    fc.record({
      inputBits: fc.constant(inputBits),
      outputBits: fc.constant(outputBits),
      ones: fc.array(fc.nat(Math.max(0, inputBits - 1)), { maxLength: inputBits }),
      seed: fc.string(),
    }),
  );

describe("the Toeplitz hash", () => {
  test("is the product with the matrix of its definition", () => {
    fc.assert(
      fc.property(hashing, ({ inputBits, outputBits, ones, seed }) => {
        const input = new Uint8Array(bytesForBits(inputBits));
        for (const place of ones) setBit(input, place);
        const matrix = seededRandom(seed)(directToeplitz.seedLength(inputBits, outputBits));
        const hash = directToeplitz.hash(input, inputBits, outputBits, matrix);
        assert.ok(isPackedBits(hash, outputBits));
        assert.deepEqual(hash, byDefinition(input, inputBits, outputBits, matrix));
      }),
    );
  });

  test("of two different keys is the same with a probability of 2^−m", () => {
    const [a, b] = [Uint8Array.of(0b1011_0000, 0b1000_0000), Uint8Array.of(0b1011_0000, 0)];
    const random = seededRandom("collisions");
    const trials = 50_000;
    let collisions = 0;
    for (let i = 0; i < trials; i++) {
      const matrix = random(directToeplitz.seedLength(9, 5));
      const [one, other] = [a, b].map((key) => directToeplitz.hash(key, 9, 5, matrix));
      if (one[0] === other[0]) collisions++;
    }
    withinFiveSigma(collisions, trials, 1 / 32);
  });
});
