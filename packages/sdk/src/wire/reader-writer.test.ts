import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { concat } from "./bytes.js";
import { Reader } from "./reader.js";
import { u16, u32, u64, u8, vec16, vec32, vec8 } from "./writer.js";

/** A field of a message: how it is written, how it is read, and what must come back. */
interface Field {
  readonly bytes: Uint8Array;
  readonly read: (reader: Reader) => unknown;
  readonly value: unknown;
}

const bytes = fc.uint8Array({ maxLength: 40 });
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.nat(0xff).map((value) => ({ bytes: u8(value), read: (r: Reader) => r.u8(), value })),
  fc.nat(0xffff).map((value) => ({ bytes: u16(value), read: (r: Reader) => r.u16(), value })),
  fc.nat(0xffff_ffff).map((value) => ({ bytes: u32(value), read: (r: Reader) => r.u32(), value })),
  fc.maxSafeNat().map((value) => ({ bytes: u64(value), read: (r: Reader) => r.u64(), value })),
  bytes.map((value) => ({ bytes: value, read: (r: Reader) => r.bytes(value.length), value })),
  bytes.map((value) => ({ bytes: vec8(value), read: (r: Reader) => r.vec8(), value })),
  bytes.map((value) => ({ bytes: vec16(value), read: (r: Reader) => r.vec16(), value })),
  bytes.map((value) => ({ bytes: vec32(value), read: (r: Reader) => r.vec32(), value })),
);
const message = fc.array(field, { minLength: 1, maxLength: 8 });

/** Reads all fields and the end. */
function readAll(fields: readonly Field[], encoded: Uint8Array): unknown[] {
  const reader = new Reader(encoded);
  const values = fields.map(({ read }) => read(reader));
  reader.end();
  return values;
}

describe("fields of the wire", () => {
  test("P1: come back as they were written, also from the middle of a larger buffer", () => {
    fc.assert(
      fc.property(message, bytes, (fields, before) => {
        const encoded = concat(...fields.map((f) => f.bytes));
        const values = fields.map(({ value }) => value);
        assert.deepEqual(readAll(fields, encoded), values);
        assert.deepEqual(
          readAll(fields, concat(before, encoded, before).subarray(before.length, before.length + encoded.length)),
          values,
        );
      }),
    );
  });

  test("P1: are refused in every truncation, and with anything after the end", () => {
    fc.assert(
      fc.property(message, fc.uint8Array({ minLength: 1, maxLength: 4 }), (fields, tail) => {
        const encoded = concat(...fields.map((f) => f.bytes));
        for (let length = 0; length < encoded.length; length++) {
          throwsCode("DECODE", () => readAll(fields, encoded.subarray(0, length)));
        }
        throwsCode("DECODE", () => readAll(fields, concat(encoded, tail)));
      }),
    );
  });

  test("are big-endian", () => {
    assert.deepEqual(u16(0x0102), Uint8Array.of(1, 2));
    assert.deepEqual(u32(0x0102_0304), Uint8Array.of(1, 2, 3, 4));
    assert.deepEqual(u32(0xffff_fffe), Uint8Array.of(0xff, 0xff, 0xff, 0xfe));
    assert.deepEqual(u64(2 ** 52 + 1), Uint8Array.of(0, 0x10, 0, 0, 0, 0, 0, 1));
    assert.deepEqual(vec16(Uint8Array.of(9)), Uint8Array.of(0, 1, 9));
  });

  test("that do not fit are never written cut short", () => {
    for (const [write, max] of [
      [u8, 0xff],
      [u16, 0xffff],
      [u32, 0xffff_ffff],
      [u64, Number.MAX_SAFE_INTEGER],
    ] as const) {
      for (const wrong of [-1, max + 1, 0.5, Number.NaN, Infinity]) assert.throws(() => write(wrong), RangeError);
      assert.equal(write(max).length, write(0).length);
    }
    assert.throws(() => vec8(new Uint8Array(256)), RangeError);
    assert.throws(() => vec16(new Uint8Array(65_536)), RangeError);
  });

  test("of 64 bits are refused above 2⁵³ − 1, where numbers lose their last bits", () => {
    assert.equal(new Reader(Uint8Array.of(0, 0x1f, 255, 255, 255, 255, 255, 255)).u64(), Number.MAX_SAFE_INTEGER);
    throwsCode("DECODE", () => new Reader(Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0)).u64());
    throwsCode("DECODE", () => new Reader(new Uint8Array(8).fill(255)).u64());
  });

  test("are copies that can be wiped without touching the frame", () => {
    const frame = Uint8Array.of(1, 2, 3, 4, 5);
    const reader = new Reader(frame);
    reader.bytes(2).fill(0);
    reader.rest().fill(0);
    assert.deepEqual(frame, Uint8Array.of(1, 2, 3, 4, 5));
    assert.equal(reader.remaining, 0);
  });

  test("with a length that promises more than there is do not allocate it", () => {
    throwsCode("DECODE", () => new Reader(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1)).vec32());
  });
});
