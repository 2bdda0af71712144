import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { fromHex } from "../testing/hex.js";
import { PROTOCOL_VECTORS } from "../testing/protocol-vectors.js";
import { concat, toHex, utf8 } from "../wire/bytes.js";
import { u16, u32, vec16 } from "../wire/writer.js";
import { expand, extract, hash, label } from "./kdf.js";

describe("the derivations", () => {
  test("put the length of the label before it, so that no label is the beginning of another's input", () => {
    assert.equal(toHex(label("psk")), `0c${toHex(utf8("qsec2/v1 psk"))}`);
  });

  test("hash the label and the parts", () => {
    const expected = createHash("sha256")
      .update("\x0cqsec2/v1 th1")
      .update(Uint8Array.of(1, 2))
      .update(Uint8Array.of(3))
      .digest();
    assert.equal(toHex(hash("th1", Uint8Array.of(1, 2), Uint8Array.of(3))), expected.toString("hex"));
  });

  test("extract with HMAC, the salt as its key", () => {
    const expected = createHmac("sha256", Uint8Array.of(7)).update(Uint8Array.of(8, 9)).digest("hex");
    assert.equal(toHex(extract(Uint8Array.of(7), Uint8Array.of(8, 9))), expected);
  });

  test("expand over length, label and context, as RFC 5869 §2.3 says", () => {
    const prk = new Uint8Array(32).fill(5);
    const info = concat(u16(44), label("key"), u32(3));
    const first = createHmac("sha256", prk).update(info).update(Uint8Array.of(1)).digest();
    const second = createHmac("sha256", prk).update(first).update(info).update(Uint8Array.of(2)).digest();
    assert.equal(toHex(expand(prk, "key", u32(3), 44)), toHex(concat(first, second.subarray(0, 12))));
  });

  test("separate lengths: a shorter output is not the beginning of a longer one", () => {
    const prk = new Uint8Array(32).fill(5);
    const long = expand(prk, "key", u32(0), 44);
    assert.notDeepEqual(expand(prk, "key", u32(0), 32), long.subarray(0, 32));
  });

  test("give the room and pre-shared key of the protocol's vectors", () => {
    const { S, name, rid, psk } = PROTOCOL_VECTORS.room;
    const context = vec16(utf8(name));
    assert.equal(toHex(expand(fromHex(S), "room", context, 32)), rid);
    assert.equal(toHex(expand(fromHex(S), "psk", context, 32)), psk);
  });

  test("give the keys of the protocol's handshakes", () => {
    for (const vector of Object.values(PROTOCOL_VECTORS.handshakes)) {
      const ck0 = extract(fromHex(vector.psk), fromHex(vector.ss));
      assert.equal(toHex(ck0), vector.ck0);
      const ck1 = extract(ck0, fromHex(vector.K_bb84));
      assert.equal(toHex(ck1), vector.ck1);
      const th5 = fromHex(vector.th5);
      assert.equal(toHex(expand(ck1, "session A", th5, 32)), vector.session_chain_AB);
      assert.equal(toHex(expand(ck1, "session B", th5, 32)), vector.session_chain_BA);
    }
  });
});
