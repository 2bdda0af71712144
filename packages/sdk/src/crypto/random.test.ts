import assert from "node:assert/strict";
import { test } from "node:test";
import { throwsCode } from "../testing/throws.js";
import { requireSecureContext, secureRandom } from "./random.js";
import { wipe } from "./wipe.js";

test("the platform's generator fills any length, also above the quota of one call", () => {
  for (const length of [0, 1, 32, 65_536, 65_537, 200_000]) {
    const bytes = secureRandom(length);
    assert.equal(bytes.length, length);
    // 64 zero bytes in a row at either end do not happen by chance.
    if (length >= 64) assert.ok(bytes.subarray(0, 64).some(Boolean) && bytes.subarray(-64).some(Boolean));
  }
});

test("two requests never give the same bytes", () => {
  assert.notDeepEqual(secureRandom(32), secureRandom(32));
});

test("a page without WebCrypto is refused with insecure_context", (t) => {
  requireSecureContext();
  t.mock.getter(globalThis, "crypto", () => ({}));
  throwsCode("insecure_context", requireSecureContext);
});

test("wiping zeroes every array and passes over what is not there", () => {
  const secrets = [Uint8Array.of(1, 2), new Uint8Array(40).fill(7)] as const;
  wipe(secrets[0], null, undefined, secrets[1]);
  assert.deepEqual(secrets, [new Uint8Array(2), new Uint8Array(40)]);
});

test("a few bytes at a time are as random as many, and the caller's own", () => {
  const pieces = Array.from({ length: 4096 }, (_, i) => secureRandom(i % 9));
  assert.deepEqual(
    pieces.map(({ length }) => length),
    pieces.map((_, i) => i % 9),
  );
  const longest = pieces.filter(({ length }) => length === 8).map((bytes) => bytes.join());
  assert.equal(new Set(longest).size, longest.length);
  const ones = pieces.flatMap((bytes) => [...bytes]).reduce((sum, byte) => sum + (byte & 1), 0);
  const count = pieces.reduce((sum, { length }) => sum + length, 0);
  assert.ok(Math.abs(ones - count / 2) < 6 * Math.sqrt(count / 4), `${ones} of ${count}`);
  pieces[1].fill(7);
  assert.notDeepEqual(secureRandom(8), pieces[8]);
});
