/** The check of AES-256-GCM against Wycheproof's `aes_gcm_test.json`. Runs in Node and in every browser. */
import { AEAD_KEY_BYTES, AEAD_NONCE_BYTES, AEAD_TAG_BYTES, open, seal } from "../crypto/aead.js";
import { concat, equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { hexField } from "./hex.js";
import { casesOf, type VectorCase } from "./wycheproof.js";

/**
 * Runs every test with the protocol's sizes (256-bit key, 96-bit nonce, 128-bit tag) through `seal` and `open`.
 * @param json the parsed file
 * @returns how many tests ran, always more than 0
 * @throws Error that names the tests that fail
 */
export async function checkAesGcmVectors(json: unknown): Promise<number> {
  const cases = casesOf(json).filter(hasProtocolSizes);
  if (cases.length === 0) throw new Error("No AES-GCM test vector has the sizes of the protocol.");
  const failed: number[] = [];
  for (const vector of cases) if (!(await holds(vector))) failed.push(vector.tcId);
  if (failed.length > 0) throw new Error(`AES-256-GCM fails the test vectors ${failed.join(", ")}.`);
  return cases.length;
}

function hasProtocolSizes({ keySize, ivSize, tagSize }: VectorCase): boolean {
  return keySize === AEAD_KEY_BYTES * 8 && ivSize === AEAD_NONCE_BYTES * 8 && tagSize === AEAD_TAG_BYTES * 8;
}

async function holds(vector: VectorCase): Promise<boolean> {
  const [key, iv, aad, message] = [
    hexField(vector, "key"),
    hexField(vector, "iv"),
    hexField(vector, "aad"),
    hexField(vector, "msg"),
  ];
  const box = concat(hexField(vector, "ct"), hexField(vector, "tag"));
  const opened = await opens(key, iv, aad, box);
  if (vector.result === "invalid") return opened === null;
  return opened !== null && equalBytes(opened, message) && equalBytes(await seal(key, iv, aad, message), box);
}

/** Null when the box is refused, as it must be, with `DECRYPT`. */
async function opens(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, box: Uint8Array): Promise<Uint8Array | null> {
  try {
    return await open(key, iv, aad, box);
  } catch (error) {
    if (error instanceof QsecError && error.code === "DECRYPT") return null;
    throw error;
  }
}
