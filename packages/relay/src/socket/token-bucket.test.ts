import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenBucket } from "./token-bucket.js";

test("a bucket gives its burst at once and its rate in the long run", () => {
  let now = 0;
  const bucket = new TokenBucket(10, 3, () => now);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => bucket.take()),
    [true, true, true, false],
  );
  now += 99;
  assert.equal(bucket.take(), false);
  now += 1;
  assert.deepEqual([bucket.take(), bucket.take()], [true, false]);
});

test("a bucket that was left alone holds no more than its burst", () => {
  let now = 0;
  const bucket = new TokenBucket(10, 3, () => now);
  now += 1_000_000;
  assert.deepEqual(
    [1, 2, 3, 4].map(() => bucket.take()),
    [true, true, true, false],
  );
});
