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
