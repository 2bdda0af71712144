import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { epochOf } from "../testing/epoch-of.js";
import { testSelf } from "../testing/members.js";
import { property } from "../testing/property.js";
import { BODY_MAX } from "../wire/limits.js";
import { CONTENT_TYPE, decodeGroupFrame, openGroupMessage, sealGroupMessage } from "./group-message.js";

const [alice, bob] = ["alice", "bob"].map(testSelf);
const made = epochOf(new Uint8Array(32).fill(1), [alice, bob]);
const size = fc.oneof(fc.nat(600), fc.nat(BODY_MAX));

/** The smallest 256·2^k that holds the body and what stands around it inside. */
function bucketOf(body: number): number {
  const inside = 4 + 64 + 1 + 8 + 4 + body;
  return 256 * 2 ** Math.max(0, Math.ceil(Math.log2(inside / 256)));
}

describe("a group message", () => {
  property(
    "P4: brings back any body of up to 65 455 bytes, and its length tells the bucket alone",
    fc.asyncProperty(size, fc.nat(255), async (length, byte) => {
      const body = new Uint8Array(length).fill(byte);
      const { frame } = await sealGroupMessage(made.as(alice), alice.seed, {
        type: CONTENT_TYPE.application,
        ms: 1,
        body,
      });
      assert.equal(frame.length, 16 + bucketOf(length) + 16);
      const opened = await openGroupMessage(made.as(bob), decodeGroupFrame(frame));
      assert.deepEqual(Buffer.compare(opened.body, body), 0);
    }),
  );
});
