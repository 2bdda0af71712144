import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pooledDrbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { flipBit } from "../bits.js";
import { FieldMultiplier } from "./binary-field.js";
import { polynomialCollision, polynomialHash } from "./polynomial-hash.js";

const random = pooledDrbg("polynomial");
const MODULUS = (1n << 64n) | 0b11011n;

/** The product in GF(2⁶⁴), by the book. */
function product(a: bigint, b: bigint): bigint {
  let out = 0n;
  for (let i = 0n; i < 64n; i++) if ((b >> i) & 1n) out ^= a << i;
  for (let i = 127n; i >= 64n; i--) if ((out >> i) & 1n) out ^= MODULUS << (i - 64n);
  return out;
}

const toBigInt = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
const wordsOf = (value: bigint) => [Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value))] as const;

function multiplied(a: bigint, b: bigint): bigint {
  const multiplier = new FieldMultiplier(...wordsOf(a));
  multiplier.multiply(...wordsOf(b));
  return (BigInt.asUintN(32, BigInt(multiplier.high)) << 32n) | BigInt.asUintN(32, BigInt(multiplier.low));
}

describe("multiplication in GF(2⁶⁴)", () => {
  test("is that of polynomials modulo x⁶⁴ + x⁴ + x³ + x + 1", () => {
    assert.equal(multiplied(1n << 63n, 2n), 0b11011n);
    for (let i = 0; i < 200; i++) {
      const [a, b] = [toBigInt(random(8)), toBigInt(random(8))];
      assert.equal(multiplied(a, b), product(a, b));
      assert.equal(multiplied(a, 1n), a);
      assert.equal(multiplied(0n, b), 0n);
    }
  });

  test("has inverses: an element to the power of 2⁶⁴ − 2 times itself is 1", () => {
    const a = toBigInt(random(8));
    let inverse = 1n;
    let square = a;
    for (let i = 1; i < 64; i++) {
      square = multiplied(square, square);
      inverse = multiplied(inverse, square);
    }
    assert.equal(multiplied(inverse, a), 1n);
  });
});

describe("verification by a polynomial hash", () => {
  test("is the polynomial of the key at the point, the last block filled up with zeros", () => {
    for (const bytes of [1, 7, 8, 9, 40, 100]) {
      const [key, point] = [random(bytes), random(8)];
      let value = 0n;
      for (let at = 0; at < bytes; at += 8) {
        const block = toBigInt(key.subarray(at, at + 8)) << BigInt(8 * Math.max(0, at + 8 - bytes));
        value = product(value ^ block, toBigInt(point));
      }
      assert.equal(toBigInt(polynomialHash.hash(key, bytes * 8, 64, point)), value);
    }
  });

  test("differs for keys that differ in one bit, whichever it is", () => {
    const [key, seed] = [random(125), random(8)];
    const hash = polynomialHash.hash(key, 1000, 64, seed);
    for (let place = 0; place < 1000; place++) {
      const other = key.slice();
      flipBit(other, place);
      assert.notDeepEqual(polynomialHash.hash(other, 1000, 64, seed), hash);
    }
  });

  test("may be the same for keys that differ at as many points as the bound says, and no more", () => {
    // b₁r² + b₂r = r·(b₁r + b₂) is 0 at r = 0 and r = b₂/b₁ alone; with b₁ = 1 that is b₂.
    const [zero, key] = [new Uint8Array(16), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 77)];
    const same = (point: number) => {
      const seed = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, point);
      return toBigInt(polynomialHash.hash(key, 128, 64, seed)) === toBigInt(polynomialHash.hash(zero, 128, 64, seed));
    };
    assert.deepEqual(
      Array.from({ length: 256 }, (_, point) => point).filter((point) => same(point)),
      [0, 77],
    );
    assert.equal(polynomialCollision(128, 64), 2 * 2 ** -64);
  });

  test("has any number of bits, each 64 of them at a point of their own", () => {
    const [key, seed] = [random(50), random(24)];
    assert.deepEqual(
      [64, 65, 128, 129].map((bits) => polynomialHash.seedLength(400, bits)),
      [8, 16, 16, 24],
    );
    const whole = polynomialHash.hash(key, 400, 192, seed);
    assert.deepEqual(whole.subarray(8, 16), polynomialHash.hash(key, 400, 64, seed.subarray(8, 16)));
    const part = polynomialHash.hash(key, 400, 133, seed);
    assert.deepEqual(part, Uint8Array.of(...whole.subarray(0, 16), whole[16] & 0b1111_1000));
  });

  test("keeps its promise below 10⁻¹⁵ up to 1.18 million bits", () => {
    assert.ok(polynomialCollision(1_180_000, 64) < 1e-15);
    assert.ok(polynomialCollision(1_190_000, 64) > 1e-15);
    assert.equal(polynomialCollision(1_000_000, 1), 1);
  });

  test("refuses keys and seeds of other sizes, and no bits at all", () => {
    const key = Uint8Array.of(0xff, 0x80);
    throwsCode("bad_option", () => polynomialHash.hash(key, 8, 64, random(8)));
    throwsCode("bad_option", () => polynomialHash.hash(Uint8Array.of(0xff, 0xc0), 9, 64, random(8)));
    for (const bytes of [0, 7, 9, 16]) throwsCode("bad_option", () => polynomialHash.hash(key, 9, 64, random(bytes)));
    for (const bits of [0, -64, 1.5]) throwsCode("bad_option", () => polynomialHash.hash(key, 9, bits, random(8)));
  });
});
