import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { epochOf } from "../testing/epoch-of.js";
import { testRoom, testSelf } from "../testing/members.js";
import { concat, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { exporterSecret } from "./exporter.js";

const [alice, bob] = [testSelf("alice"), testSelf("bob")];
const made = epochOf(testRoom().rid, [alice, bob]);
const context = utf8("media frames");
const code = (expected: string) => (error: unknown) => error instanceof QsecError && error.code === expected;

describe("a key that an application exports from an epoch", () => {
  it("is the same on all members, and another for another context, length or epoch", () => {
    const key = made.as(alice).exportKey(context, 32);
    assert.equal(key.length, 32);
    assert.deepEqual(made.as(bob).exportKey(context, 32), key);
    assert.notDeepEqual(made.as(alice).exportKey(utf8("media"), 32), key);
    assert.notDeepEqual(made.as(alice).exportKey(context, 64).slice(0, 32), key, "the length is part of it");
    const next = epochOf(testRoom().rid, [alice, bob], made.held, "rekey", "another");
    assert.notDeepEqual(next.as(alice).exportKey(context, 32), key);
  });

  it("follows the formula of the protocol, computed by another implementation of HKDF", () => {
    const { roomKey } = made.share;
    const label = concat(Uint8Array.of("qsec2/v1 export".length), utf8("qsec2/v1 export"));
    const secret = hkdfExpand(roomKey, concat(Uint8Array.of(0, 32), label, made.held.hash), 32);
    assert.deepEqual(exporterSecret(roomKey, made.held.hash), secret);
    assert.deepEqual(
      made.as(alice).exportKey(context, 300),
      hkdfExpand(secret, concat(Uint8Array.of(1, 44), label, context), 300),
    );
  });

  it("is refused for a length that HKDF does not give, and once the epoch is wiped", () => {
    const epoch = made.as(alice);
    for (const length of [0, -1, 1.5, 8161, Number.NaN]) {
      assert.throws(() => epoch.exportKey(context, length), code("bad_option"), String(length));
    }
    assert.equal(epoch.exportKey(context, 8160).length, 8160);
    epoch.wipe();
    assert.throws(() => epoch.exportKey(context, 32), code("destroyed"));
  });
});

/** HKDF-Expand alone (RFC 5869 §2.3), block by block with Node's HMAC. */
function hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  let [block, out]: Uint8Array[] = [new Uint8Array(0), new Uint8Array(0)];
  for (let i = 1; out.length < length; i++) {
    block = new Uint8Array(
      createHmac("sha256", prk)
        .update(concat(block, info, Uint8Array.of(i)))
        .digest(),
    );
    out = concat(out, block);
  }
  return out.slice(0, length);
}
