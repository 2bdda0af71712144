import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { drbg } from "../testing/drbg.js";
import { property } from "../testing/property.js";
import { rejectsCode } from "../testing/throws.js";
import { u16 } from "../wire/writer.js";
import { Chain } from "./chain.js";

const KEY = drbg("chain")(32);
const AAD = Uint8Array.of(1, 2, 3);

/** How often each of up to 256 messages arrives, 1 to 3 times, and in which order all of that comes. */
const arrivals = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 256 }).chain((times) => {
  const all = times.flatMap((count, seq) => Array.from({ length: count }, () => seq));
  return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
});

describe("a chain", () => {
  property(
    "P2: delivers each of up to 256 messages once, in whatever order and however often they arrive",
    fc.asyncProperty(arrivals, async (order) => {
      const sender = new Chain(KEY.slice());
      const receiver = new Chain(KEY.slice());
      const boxes: Uint8Array[] = [];
      for (let seq = 0; seq <= Math.max(...order); seq++) boxes.push((await sender.seal(AAD, u16(seq))).box);
      const delivered = new Set<number>();
      for (const seq of order) {
        const opened = receiver.open(seq, AAD, boxes[seq], (plaintext) => plaintext);
        if (delivered.has(seq)) await rejectsCode("REPLAY", opened);
        else assert.deepEqual(await opened, u16(seq));
        delivered.add(seq);
      }
      assert.equal(receiver.contiguous, boxes.length);
    }),
  );
});
