import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { throwsCode } from "../testing/throws.js";
import { bucket, pad, unpad } from "./pad.js";

describe("padding", () => {
  test("P4: gives back any content, and its length is the bucket alone", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
        const padded = pad(content);
        assert.equal(padded.length, bucket(content.length));
        assert.deepEqual(unpad(padded), content);
      }),
    );
  });

  test("has the smallest bucket of 256 · 2ᵏ that holds the length field and the content", () => {
    const sizes = [
      [0, 256],
      [252, 256],
      [253, 512],
      [508, 512],
      [509, 1024],
      [65_532, 65_536],
      [65_533, 131_072],
    ] as const;
    for (const [length, size] of sizes) assert.equal(bucket(length), size, `${length}`);
  });

  test("is refused when any byte of it is not zero", () => {
    const padded = pad(Uint8Array.of(1, 2, 3));
    for (let at = 7; at < padded.length; at++) {
      const changed = padded.slice();
      changed[at] = 1;
      throwsCode("PADDING", () => unpad(changed));
    }
  });

  test("is refused in a bucket that is too large, too small or none", () => {
    const content = new Uint8Array(10).fill(1);
    const wider = new Uint8Array(512);
    wider.set(pad(content));
    throwsCode("PADDING", () => unpad(wider));
    for (const length of [0, 3, 4, 14, 255, 257, 511]) throwsCode("PADDING", () => unpad(wider.subarray(0, length)));
  });

  test("is refused when the length says more than there is", () => {
    for (const length of [
      [0, 0, 0, 253],
      [0, 0, 1, 0],
      [0xff, 0xff, 0xff, 0xff],
    ]) {
      const padded = new Uint8Array(256);
      padded.set(length);
      throwsCode("PADDING", () => unpad(padded));
    }
  });
});
