import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { PROTOCOL_VECTORS } from "../testing/protocol-vectors.js";
import { FILE_BYTES_MAX, layoutOf } from "./layout.js";
import { padme } from "./padme.js";

const size = () => fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: FILE_BYTES_MAX }));

describe("padme", () => {
  it("gives the lengths of the test vectors", () => {
    for (const [length, padded] of PROTOCOL_VECTORS.padme) assert.equal(padme(length), padded);
  });

  it("is exact just below and above the powers of two", () => {
    for (let e = 6; e <= 45; e++) {
      assert.equal(padme(2 ** e), 2 ** e);
      assert.equal(padme(2 ** e - 1), 2 ** e);
      assert.ok(padme(2 ** e + 1) > 2 ** e);
    }
  });
});

describe("the layout of a blob", () => {
  it("has a length that follows from the size, and parts that add up to it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(0, 1, 16_383, 16_384, 16_385, FILE_BYTES_MAX), size()), (bytes) => {
        const { padded, chunks, blobBytes, parts, partBytes } = layoutOf(bytes);
        assert.ok(padded >= Math.max(bytes, 16_384));
        assert.equal(blobBytes, 56 + padded + 16 * chunks);
        assert.ok((chunks - 1) * 16_384 <= padded && padded < chunks * 16_384);
        assert.equal((parts - 1) * 262_144 + partBytes(parts - 1), blobBytes);
        assert.ok(partBytes(parts - 1) > 0 && partBytes(parts - 1) <= 262_144 && parts <= 65_536);
      }),
      { numRuns: 100 },
    );
  });

  it("shows files of a similar size as the same, and all tiny ones", () => {
    assert.equal(layoutOf(0).blobBytes, layoutOf(16_384).blobBytes);
    assert.equal(layoutOf(1_000_000).blobBytes, layoutOf(1_015_808).blobBytes);
  });
});
