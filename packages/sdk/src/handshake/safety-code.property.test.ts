import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { complete } from "../testing/members.js";
import { property } from "../testing/property.js";
import { safetyCode } from "./safety-code.js";

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe("a safety code", () => {
  property(
    "P10: is the same exactly where transcript and nonce are",
    fc.property(bytes, bytes, bytes, bytes, fc.nat(255), (th1, nonce, otherTh1, otherNonce, bit) => {
      const code = safetyCode(th1, nonce).digits;
      assert.equal(safetyCode(th1.slice(), nonce.slice()).digits, code);
      assert.equal(safetyCode(otherTh1, otherNonce).digits === code, same(th1, otherTh1) && same(nonce, otherNonce));
      const flipped = nonce.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      assert.notEqual(safetyCode(th1, flipped).digits, code);
    }),
  );

  property(
    "P10: is shown alike on both sides of a handshake, and differs in the next",
    fc.asyncProperty(fc.string(), fc.string(), async (seed, other) => {
      fc.pre(seed !== other);
      const first = await complete({ seed });
      assert.deepEqual(first.alice.safetyCode, first.bob.safetyCode);
      assert.notDeepEqual((await complete({ seed: other })).alice.safetyCode.indices, first.alice.safetyCode.indices);
    }),
  );
});
