import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { fromBase64url, toBase64url } from "./base64url.js";
import { compareBytes, concat, equalBytes, fromUtf8, toHex, utf8 } from "./bytes.js";

const bytes = fc.uint8Array({ maxLength: 64 });

test("base64url text comes back as the bytes it was made of, and is what Node makes of them", () => {
  fc.assert(
    fc.property(bytes, (value) => {
      const text = toBase64url(value);
      assert.equal(text, Buffer.from(value).toString("base64url"));
      assert.deepEqual(fromBase64url(text), value);
    }),
  );
});

test("base64url text has one form: padding, the other alphabet, white space and stray bits are refused", () => {
  for (const wrong of ["AA==", "AA=", "+/+/", "AA AA", "AAAA\n", "A", "AAAAA", "AB", "AAB", "Ä", "AAAA%"]) {
    throwsCode("frame_malformed", () => fromBase64url(wrong));
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      let decoded: Uint8Array;
      try {
        decoded = fromBase64url(text);
      } catch {
        return;
      }
      assert.equal(toBase64url(decoded), text);
    }),
  );
});

test("byte strings are equal if and only if their hex is", () => {
  const similar = bytes.chain((a) =>
    fc.tuple(fc.constant(a), fc.oneof(bytes, fc.constant(a.slice()), fc.constant(a.subarray(1)))),
  );
  fc.assert(fc.property(similar, ([a, b]) => assert.equal(equalBytes(a, b), toHex(a) === toHex(b))));
});

test("byte strings are ordered as their hex is", () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const [x, y] = [toHex(a), toHex(b)];
      assert.equal(Math.sign(compareBytes(a, b)), x < y ? -1 : x > y ? 1 : 0);
    }),
  );
});

test("joining puts the parts one after the other in a new array", () => {
  const part = Uint8Array.of(1, 2);
  const joined = concat(part, new Uint8Array(0), Uint8Array.of(3));
  assert.deepEqual(joined, Uint8Array.of(1, 2, 3));
  joined.fill(0);
  assert.deepEqual(part, Uint8Array.of(1, 2));
  assert.deepEqual(concat(), new Uint8Array(0));
});

test("text comes back from its UTF-8, a byte order mark included; bytes that are not UTF-8 are refused", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assert.equal(fromUtf8(utf8(text)), text)));
  assert.equal(fromUtf8(utf8("\ufeffx")), "\ufeffx");
  for (const wrong of [[0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]) {
    assert.throws(() => fromUtf8(Uint8Array.from(wrong)), TypeError);
  }
});
