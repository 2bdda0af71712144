import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { wasmModule } from "../../../../../scripts/wasm/generate.mjs";
import { pooledDrbg } from "../../testing/drbg.js";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { throwsCode } from "../../testing/throws.js";
import { bytesForBits } from "../bits.js";
import type { ToeplitzKernel } from "./kernel.js";
import { squareSide, toeplitzPlan } from "./plan.js";
import { toeplitz, toeplitzWith, typescriptToeplitz } from "./toeplitz.js";
import { typescriptKernel } from "./typescript-kernel.js";
import { wasmKernel } from "./wasm-kernel.js";

const random = pooledDrbg("toeplitz");

describe("privacy amplification by Toeplitz hashing", () => {
  test("gives two different keys the same hash of m bits with a probability of 2^−m", () => {
    const [a, b] = [Uint8Array.of(0b1011_0000, 0b1000_0000), Uint8Array.of(0b1011_0000, 0)];
    const trials = 50_000;
    let collisions = 0;
    for (let i = 0; i < trials; i++) {
      const matrix = random(toeplitz.seedLength(9, 5));
      if (toeplitz.hash(a, 9, 5, matrix)[0] === toeplitz.hash(b, 9, 5, matrix)[0]) collisions++;
    }
    withinFiveSigma(collisions, trials, 1 / 32);
  });

  test("is the same in both implementations for a million bits, and for one", () => {
    for (const [inputBits, outputBits] of [
      [1_000_000, 256],
      [100_000, 50_000],
      [1, 1],
      [1, 3000],
      [3000, 1],
    ]) {
      const key = random(bytesForBits(inputBits));
      if (inputBits & 7) key[key.length - 1] &= 0xff << (8 - (inputBits & 7));
      const matrix = random(toeplitz.seedLength(inputBits, outputBits));
      const before = [key.slice(), matrix.slice()];
      const hashed = toeplitz.hash(key, inputBits, outputBits, matrix);
      assert.deepEqual(hashed, typescriptToeplitz.hash(key, inputBits, outputBits, matrix));
      assert.deepEqual([key, matrix], before);
    }
  });

  test("refuses keys and seeds of other sizes, and no bits at all", () => {
    const key = Uint8Array.of(0xff, 0x80);
    for (const hash of [toeplitz.hash, typescriptToeplitz.hash]) {
      throwsCode("bad_option", () => hash(key, 8, 4, random(2)));
      throwsCode("bad_option", () => hash(Uint8Array.of(0xff, 0xc0), 9, 4, random(2)));
      for (const bytes of [0, 1, 3]) throwsCode("bad_option", () => hash(key, 9, 4, random(bytes)));
      for (const bits of [0, -1, 1.5, NaN]) {
        throwsCode("bad_option", () => hash(key, 9, bits, random(2)));
        throwsCode("bad_option", () => hash(key, bits, 4, random(2)));
      }
    }
  });

  test("leaves nothing of the key in the memory of its kernels", () => {
    for (const kernel of [typescriptKernel, wasmKernel()!]) {
      const heaps: Int32Array[] = [];
      const watched: ToeplitzKernel = {
        ...kernel,
        heap(words) {
          heaps.push(kernel.heap(words));
          return heaps.at(-1)!;
        },
      };
      const failing: ToeplitzKernel = {
        ...watched,
        addProduct(...args) {
          kernel.addProduct(...args);
          throw new Error("out of order");
        },
      };
      const key = random(500);
      const matrix = random(toeplitz.seedLength(4000, 1000));
      toeplitzWith(() => watched).hash(key, 4000, 1000, matrix);
      assert.throws(() => toeplitzWith(() => failing).hash(key, 4000, 1000, matrix), /out of order/);
      assert.equal(heaps.length, 2);
      for (const heap of heaps) assert.ok(heap.every((word) => word === 0));
    }
  });
});

describe("the kernel in WebAssembly", () => {
  test("is what the platform gets where nothing speaks against it", () => {
    assert.equal(toeplitz.name, "Toeplitz, WebAssembly SIMD");
    assert.equal(typescriptToeplitz.name, "Toeplitz, TypeScript");
  });

  test("gives way to TypeScript where the platform refuses to compile, as under a Content-Security-Policy", () => {
    const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    const refusing = runInContext("WebAssembly", context) as typeof WebAssembly;
    assert.throws(() => new refusing.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)), /disallowed/);
    assert.equal(wasmKernel(refusing), null);
    assert.notEqual(wasmKernel(runInContext("WebAssembly", createContext()) as typeof WebAssembly), null);
  });

  test("is the module that its source assembles to", () => {
    const text = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
    assert.equal(wasmModule(text("toeplitz.wat")), text("toeplitz-wasm.ts"));
  });
});

test("a plan covers the matrix with squares that halve down to what a kernel takes", () => {
  for (const [outputs, inputs] of [
    [1, 1],
    [157, 313],
    [8, 31_250],
    [300, 313],
    [15_625, 31_250],
    [4000, 3],
  ]) {
    const plan = toeplitzPlan(outputs, inputs);
    const side = squareSide(plan);
    assert.equal(plan.leaf % 4, 0);
    assert.ok(plan.rows * side >= outputs && (plan.rows - 1) * side < outputs);
    assert.ok(plan.columns * side >= inputs && (plan.columns - 1) * side < inputs);
  }
});
