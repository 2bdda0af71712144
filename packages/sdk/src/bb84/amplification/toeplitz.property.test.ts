import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { pooledDrbg } from "../../testing/drbg.js";
import { property } from "../../testing/property.js";
import { bitAt, bytesForBits, isPackedBits, setBit } from "../bits.js";
import { directToeplitz } from "../laboratory/direct-toeplitz.js";
import { toeplitzWith } from "./toeplitz.js";
import { typescriptKernel } from "./typescript-kernel.js";
import { wasmKernel } from "./wasm-kernel.js";

const HASHES = [typescriptKernel, wasmKernel()!].map((kernel) => toeplitzWith(() => kernel));

/** Bit by bit as it is defined. */
function byDefinition(input: Uint8Array, inputBits: number, outputBits: number, seed: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytesForBits(outputBits));
  for (let i = 0; i < outputBits; i++) {
    let bit = 0;
    for (let j = 0; j < inputBits; j++) bit ^= bitAt(seed, i - j + inputBits - 1) & bitAt(input, j);
    if (bit === 1) setBit(out, i);
  }
  return out;
}

function randomKey(bits: number, random: (length: number) => Uint8Array): Uint8Array {
  const key = random(bytesForBits(bits));
  if (bits & 7) key[key.length - 1] &= 0xff << (8 - (bits & 7));
  return key;
}

const sized = (max: number) =>
  fc.record({ inputBits: fc.integer({ min: 1, max }), outputBits: fc.integer({ min: 1, max }), seed: fc.string() });

describe("a Toeplitz hash, in TypeScript and in WebAssembly,", () => {
  property(
    "is the product with the matrix of its definition",
    fc.property(sized(400), ({ inputBits, outputBits, seed }) => {
      const random = pooledDrbg(seed);
      const key = randomKey(inputBits, random);
      for (const { hash, seedLength } of HASHES) {
        const matrix = random(seedLength(inputBits, outputBits));
        const hashed = hash(key, inputBits, outputBits, matrix);
        assert.ok(isPackedBits(hashed, outputBits));
        assert.deepEqual(hashed, byDefinition(key, inputBits, outputBits, matrix));
      }
    }),
  );

  property(
    "is the same bit for bit at sizes where the matrix is cut",
    fc.property(sized(20_000), ({ inputBits, outputBits, seed }) => {
      const random = pooledDrbg(seed);
      const key = randomKey(inputBits, random);
      const [typescript, wasm] = HASHES;
      const matrix = random(typescript.seedLength(inputBits, outputBits));
      const hashed = wasm.hash(key, inputBits, outputBits, matrix);
      assert.deepEqual(hashed, typescript.hash(key, inputBits, outputBits, matrix));
      assert.deepEqual(hashed, directToeplitz.hash(key, inputBits, outputBits, matrix));
    }),
  );

  property(
    "is linear: the hash of a sum of keys is the sum of their hashes",
    fc.property(sized(3000), ({ inputBits, outputBits, seed }) => {
      const random = pooledDrbg(seed);
      const [a, b] = [randomKey(inputBits, random), randomKey(inputBits, random)];
      for (const { hash, seedLength } of HASHES) {
        const matrix = random(seedLength(inputBits, outputBits));
        const [ofA, ofB, ofSum] = [a, b, a.map((byte, i) => byte ^ b[i])].map((key) =>
          hash(key, inputBits, outputBits, matrix),
        );
        assert.deepEqual(
          ofSum,
          ofA.map((byte, i) => byte ^ ofB[i]),
        );
      }
    }),
  );
});
