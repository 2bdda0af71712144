/** The published vectors of Wycheproof and of the X-Wing draft, from the folder that `QSEC2_VECTORS_DIR` names. */
import assert from "node:assert/strict";
import { describe } from "node:test";
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf, expand as hkdfExpand } from "@noble/hashes/hkdf.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { checkAesGcmVectors } from "../testing/aes-gcm-vectors.js";
import { hexField } from "../testing/hex.js";
import { testVectors } from "../testing/vectors.js";
import { casesOf, type VectorCase } from "../testing/wycheproof.js";
import { equalBytes, toHex } from "../wire/bytes.js";
import { extract } from "./kdf.js";
import { decapsulate, encapsulate, generateKemKeyPair } from "./kem.js";
import { verifyRaw } from "./signature.js";

/** What a call returns, or null when it throws: how a library says that an input is invalid. */
function valueOf<T>(call: () => T): T | null {
  try {
    return call();
  } catch {
    return null;
  }
}

/** Runs every case and names those whose outcome is not what the file says. */
function checkAll(json: unknown, holds: (vector: VectorCase) => boolean): void {
  const failed = casesOf(json).filter((vector) => !holds(vector));
  assert.deepEqual(
    failed.map(({ tcId, comment }) => `${tcId} ${String(comment)}`),
    [],
  );
}

/** Whether an output that is null where the input was refused is what the case demands. */
function isExpected(vector: VectorCase, field: string, output: Uint8Array | null): boolean {
  if (vector.result === "invalid") return output === null;
  if (output === null) return vector.result === "acceptable";
  return equalBytes(output, hexField(vector, field));
}

describe("the primitives agree with Wycheproof", () => {
  testVectors("AES-256-GCM", "aes_gcm_test.json", async (json) => {
    assert.ok((await checkAesGcmVectors(json)) > 0);
  });

  testVectors("Ed25519, verification", "ed25519_test.json", (json) => {
    checkAll(json, (vector) => {
      const key = hexField(vector["publicKey"] as Record<string, unknown>, "pk");
      return verifyRaw(key, hexField(vector, "msg"), hexField(vector, "sig")) === (vector.result === "valid");
    });
  });

  testVectors("X25519", "x25519_test.json", (json) => {
    checkAll(json, (vector) =>
      isExpected(
        vector,
        "shared",
        valueOf(() => x25519.getSharedSecret(hexField(vector, "private"), hexField(vector, "public"))),
      ),
    );
  });

  testVectors("HKDF-SHA-256", "hkdf_sha256_test.json", (json) => {
    checkAll(json, (vector) => {
      const prk = extract(hexField(vector, "salt"), hexField(vector, "ikm"));
      return isExpected(
        vector,
        "okm",
        valueOf(() => hkdfExpand(sha256, prk, hexField(vector, "info"), vector["size"] as number)),
      );
    });
  });

  testVectors("HKDF-SHA-512", "hkdf_sha512_test.json", (json) => {
    checkAll(json, (vector) => {
      const [ikm, salt, info] = [hexField(vector, "ikm"), hexField(vector, "salt"), hexField(vector, "info")];
      return isExpected(
        vector,
        "okm",
        valueOf(() => hkdf(sha512, ikm, salt, info, vector["size"] as number)),
      );
    });
  });

  testVectors("HMAC-SHA-256, through the protocol's Extract", "hmac_sha256_test.json", (json) => {
    checkAll(json, (vector) => {
      const tag = extract(hexField(vector, "key"), hexField(vector, "msg")).subarray(
        0,
        (vector["tagSize"] as number) / 8,
      );
      return equalBytes(tag, hexField(vector, "tag")) === (vector.result === "valid");
    });
  });

  testVectors("ML-KEM-768, key generation", "mlkem_768_keygen_seed_test.json", (json) => {
    checkAll(json, (vector) => {
      const keys = valueOf(() => ml_kem768.keygen(hexField(vector, "seed")));
      return isExpected(vector, "ek", keys && keys.publicKey) && isExpected(vector, "dk", keys && keys.secretKey);
    });
  });

  testVectors("ML-KEM-768, encapsulation", "mlkem_768_encaps_test.json", (json) => {
    checkAll(json, (vector) => {
      const made = valueOf(() => ml_kem768.encapsulate(hexField(vector, "ek"), hexField(vector, "m")));
      return isExpected(vector, "c", made && made.cipherText) && isExpected(vector, "K", made && made.sharedSecret);
    });
  });

  testVectors("ML-KEM-768, decapsulation", "mlkem_768_test.json", (json) => {
    checkAll(json, (vector) => {
      const keys = valueOf(() => ml_kem768.keygen(hexField(vector, "seed")));
      const secret = keys && valueOf(() => ml_kem768.decapsulate(hexField(vector, "c"), keys.secretKey));
      return (
        isExpected(vector, "K", secret) &&
        (vector.result === "invalid" || isExpected(vector, "ek", keys && keys.publicKey))
      );
    });
  });
});

describe("the pairwise key encapsulation agrees with the X-Wing draft", () => {
  testVectors("key generation, encapsulation, decapsulation", "xwing.json", (json) => {
    const vectors = json as readonly Readonly<Record<string, unknown>>[];
    assert.ok(vectors.length > 0, "the file holds no tests");
    for (const vector of vectors) {
      const { publicKey, secretKey } = generateKemKeyPair(hexField(vector, "seed"));
      assert.equal(toHex(publicKey), vector["pk"]);
      const { ciphertext, sharedSecret } = encapsulate(publicKey, hexField(vector, "eseed"));
      assert.equal(toHex(ciphertext), vector["ct"]);
      assert.equal(toHex(sharedSecret), vector["ss"]);
      assert.equal(toHex(decapsulate(hexField(vector, "ct"), secretKey)), vector["ss"]);
    }
  });
});
