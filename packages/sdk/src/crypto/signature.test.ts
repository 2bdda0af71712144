import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { drbg } from "../testing/drbg.js";
import { fromHex } from "../testing/hex.js";
import { PROTOCOL_VECTORS } from "../testing/protocol-vectors.js";
import { toHex } from "../wire/bytes.js";
import { identityOf, IDENTITY_BYTES, sign, SIGNATURE_BYTES, verify, verifyRaw } from "./signature.js";

const seed = drbg("signature")(32);
const id = identityOf(seed);

describe("a signature", () => {
  test("is valid for its key, label and message only", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (message, other) => {
        const signature = sign(seed, "message", message);
        assert.equal(signature.length, SIGNATURE_BYTES);
        assert.ok(verify(id, "message", message, signature));
        assert.ok(!verify(id, "epoch", message, signature));
        assert.ok(!verifyRaw(id, message, signature));
        assert.equal(verify(id, "message", other, signature), toHex(other) === toHex(message));
      }),
      { numRuns: 20 },
    );
  });

  test("is refused with any single bit changed", () => {
    const message = Uint8Array.of(1, 2, 3);
    const signature = sign(seed, "epoch", message);
    for (let bit = 0; bit < SIGNATURE_BYTES * 8; bit++) {
      const changed = signature.slice();
      changed[bit >>> 3] ^= 1 << (bit & 7);
      assert.ok(!verify(id, "epoch", message, changed), `bit ${bit}`);
    }
  });

  test("cannot be written a second way: s + L is refused (RFC 8032 §5.1.7)", () => {
    const message = Uint8Array.of(4);
    const signature = sign(seed, "epoch", message);
    const order = ed25519.Point.Fn.ORDER;
    const littleEndian = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes.slice().reverse())}`);
    const again = littleEndian(signature.subarray(32)) + order;
    const forged = signature.slice();
    forged.set(fromHex(again.toString(16).padStart(64, "0")).reverse(), 32);
    assert.ok(!verify(id, "epoch", message, forged));
  });

  test("is refused, without an exception, for keys and signatures that are none", () => {
    const message = Uint8Array.of(5);
    const signature = sign(seed, "epoch", message);
    for (const length of [0, 31, 33]) assert.ok(!verify(new Uint8Array(length).fill(9), "epoch", message, signature));
    for (const length of [0, 63, 65]) assert.ok(!verify(id, "epoch", message, new Uint8Array(length).fill(9)));
    assert.ok(!verify(new Uint8Array(IDENTITY_BYTES), "epoch", message, signature));
    assert.ok(!verify(new Uint8Array(IDENTITY_BYTES).fill(0xff), "epoch", message, signature));
  });

  test("under a key of low order proves nothing", () => {
    const identityPoint = fromHex("0100000000000000000000000000000000000000000000000000000000000000");
    const forged = new Uint8Array(64);
    forged[0] = 1; // R the neutral element, s = 0: 0·B = R + h·A holds for every message
    assert.ok(!verify(identityPoint, "epoch", Uint8Array.of(6), forged));
  });

  test("of the protocol's vectors comes out byte for byte", () => {
    const { identities, epoch } = PROTOCOL_VECTORS;
    const leader = fromHex(identities.alice_seed);
    assert.equal(toHex(sign(leader, "epoch", fromHex(epoch.commit))), epoch.sig);
    assert.equal(toHex(identityOf(leader)), PROTOCOL_VECTORS.handshakes.golay.id_A);
    assert.ok(verify(identityOf(leader), "epoch", fromHex(epoch.commit), fromHex(epoch.sig)));
  });
});
