import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { drbg } from "../testing/drbg.js";
import { rejectsCode } from "../testing/throws.js";
import { AEAD_KEY_BYTES, AEAD_NONCE_BYTES, AEAD_TAG_BYTES, open, seal } from "./aead.js";

const random = drbg("aead");
const [key, nonce, aad] = [random(AEAD_KEY_BYTES), random(AEAD_NONCE_BYTES), random(20)];
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, i) => (i === bit >>> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe("AES-256-GCM", () => {
  test("opens what it sealed; a box is 16 bytes longer than its content", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array({ maxLength: 40 }),
        async (plaintext, additional) => {
          const box = await seal(key, nonce, additional, plaintext);
          assert.equal(box.length, plaintext.length + AEAD_TAG_BYTES);
          assert.deepEqual(await open(key, nonce, additional, box), plaintext);
        },
      ),
    );
  });

  test("refuses a box, additional data, nonce or key with any single bit changed", async () => {
    const box = await seal(key, nonce, aad, random(3));
    for (let bit = 0; bit < box.length * 8; bit++)
      await rejectsCode("DECRYPT", open(key, nonce, aad, flipped(box, bit)));
    for (let bit = 0; bit < aad.length * 8; bit++)
      await rejectsCode("DECRYPT", open(key, nonce, flipped(aad, bit), box));
    for (let bit = 0; bit < nonce.length * 8; bit++)
      await rejectsCode("DECRYPT", open(key, flipped(nonce, bit), aad, box));
    for (let bit = 0; bit < key.length * 8; bit++)
      await rejectsCode("DECRYPT", open(flipped(key, bit), nonce, aad, box));
  });

  test("refuses every truncation, down to nothing", async () => {
    const box = await seal(key, nonce, aad, random(5));
    for (let length = 0; length < box.length; length++)
      await rejectsCode("DECRYPT", open(key, nonce, aad, box.subarray(0, length)));
  });
});
