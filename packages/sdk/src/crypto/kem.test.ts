import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { drbg } from "../testing/drbg.js";
import { fromHex } from "../testing/hex.js";
import { throwsCode } from "../testing/throws.js";
import {
  decapsulate,
  encapsulate,
  generateKemKeyPair,
  KEM_CIPHERTEXT_BYTES,
  KEM_PUBLIC_KEY_BYTES,
  KEM_RANDOM_BYTES,
  KEM_SEED_BYTES,
} from "./kem.js";

const random = drbg("kem");
const keys = generateKemKeyPair(random(KEM_SEED_BYTES));
const { ciphertext, sharedSecret } = encapsulate(keys.publicKey, random(KEM_RANDOM_BYTES));

/** Points of small order on Curve25519 (RFC 7748 §7): all products with them are zero. */
const LOW_ORDER_POINTS = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map(fromHex);

/** The X25519 part is the last 32 bytes of a public key and of a ciphertext. */
function withPoint(bytes: Uint8Array, point: Uint8Array): Uint8Array {
  const out = bytes.slice();
  out.set(point, bytes.length - 32);
  return out;
}

describe("the key encapsulation", () => {
  test("gives both sides the same 32-byte secret, and sizes as the protocol has them", () => {
    assert.deepEqual(decapsulate(ciphertext, keys.secretKey), sharedSecret);
    assert.deepEqual(
      [keys.publicKey.length, ciphertext.length, sharedSecret.length],
      [KEM_PUBLIC_KEY_BYTES, KEM_CIPHERTEXT_BYTES, 32],
    );
  });

  test("gives another secret for a ciphertext with any bit changed, or refuses it", () => {
    fc.assert(
      fc.property(fc.nat(ciphertext.length * 8 - 2), (bit) => {
        const changed = ciphertext.slice();
        changed[bit >>> 3] ^= 0x80 >>> (bit & 7);
        // X25519 ignores the highest bit of its point (RFC 7748 §5), but X-Wing hashes the point as it came.
        assert.notDeepEqual(decapsulate(changed, keys.secretKey), sharedSecret);
      }),
      { numRuns: 40 },
    );
  });

  test("gives another secret for another key", () => {
    const other = generateKemKeyPair(random(KEM_SEED_BYTES));
    assert.notDeepEqual(decapsulate(ciphertext, other.secretKey), sharedSecret);
  });

  test("refuses public keys and ciphertexts of a wrong length", () => {
    for (const length of [0, KEM_PUBLIC_KEY_BYTES - 1, KEM_PUBLIC_KEY_BYTES + 1]) {
      throwsCode("DECRYPT", () => encapsulate(new Uint8Array(length), random(KEM_RANDOM_BYTES)));
    }
    for (const length of [0, KEM_CIPHERTEXT_BYTES - 1, KEM_CIPHERTEXT_BYTES + 1]) {
      throwsCode("DECRYPT", () => decapsulate(new Uint8Array(length), keys.secretKey));
    }
  });

  test("refuses a public key with a coefficient of 3329 or more (FIPS 203 §7.2)", () => {
    const publicKey = keys.publicKey.slice();
    publicKey.set([0x01, 0x0d], 0); // the first coefficient is 12 bits, little-endian: 0xd01 = 3329
    throwsCode("DECRYPT", () => encapsulate(publicKey, random(KEM_RANDOM_BYTES)));
  });

  test("refuses X25519 points of low order in a public key and in a ciphertext", () => {
    for (const point of LOW_ORDER_POINTS) {
      throwsCode("DECRYPT", () => encapsulate(withPoint(keys.publicKey, point), random(KEM_RANDOM_BYTES)));
      throwsCode("DECRYPT", () => decapsulate(withPoint(ciphertext, point), keys.secretKey));
    }
  });
});
