import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bitAt,
  bytesForBits,
  distance,
  flipBit,
  isPackedBits,
  isSubset,
  positions,
  scatter,
  select,
  setBit,
  weight,
  without,
} from "./bits.js";

const pair = fc.nat(40).chain((length) => {
  const bytes = fc.uint8Array({ minLength: length, maxLength: length });
  return fc.tuple(bytes, bytes);
});

test("bits are packed most significant first", () => {
  const bits = Uint8Array.of(0b1000_0000, 0b0000_0001);
  assert.deepEqual(positions(bits), [0, 15]);
  assert.equal(bitAt(bits, 0), 1);
  assert.equal(bitAt(bits, 14), 0);
  setBit(bits, 1);
  flipBit(bits, 15);
  flipBit(bits, 8, 0);
  assert.deepEqual(bits, Uint8Array.of(0b1100_0000, 0));
});

test("select packs the chosen bits in index order and pads with zeros", () => {
  assert.deepEqual(
    select(Uint8Array.of(0b1010_1010, 0xff), Uint8Array.of(0b1111_0000, 0b0000_0001)),
    Uint8Array.of(0b1010_1000),
  );
  assert.deepEqual(select(Uint8Array.of(0xff), Uint8Array.of(0)), new Uint8Array(0));
});

test("scatter undoes select, and select makes one encoding of the right length", () => {
  fc.assert(
    fc.property(pair, ([bits, mask]) => {
      const packed = select(bits, mask);
      assert.ok(isPackedBits(packed, weight(mask)));
      assert.deepEqual(
        scatter(packed, mask),
        bits.map((byte, i) => byte & mask[i]),
      );
    }),
  );
});

test("weight, distance, difference and subset agree with each other", () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      assert.equal(weight(a), positions(a).length);
      assert.equal(distance(a, b), weight(without(a, b)) + weight(without(b, a)));
      assert.equal(isSubset(a, b), weight(without(a, b)) === 0);
      assert.ok(isSubset(without(a, b), a));
    }),
  );
});

test("an encoding with a wrong length or a used padding bit is not one of packed bits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), (count) => {
      const bits = new Uint8Array(bytesForBits(count));
      assert.ok(isPackedBits(bits, count));
      assert.ok(!isPackedBits(new Uint8Array(bits.length + 1), count));
      assert.ok(!isPackedBits(bits.subarray(1), count));
      for (let stray = count; stray < bits.length * 8; stray++) {
        const dirty = bits.slice();
        setBit(dirty, stray);
        assert.ok(!isPackedBits(dirty, count), `bit ${stray} of ${count}`);
      }
    }),
  );
});
