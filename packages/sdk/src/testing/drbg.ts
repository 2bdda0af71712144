import { shake256 } from "@noble/hashes/sha3.js";
import { concat, utf8 } from "../wire/bytes.js";
import { u32 } from "../wire/writer.js";

/**
 * Repeatable randomness: request i for L bytes returns SHAKE256(ASCII(seed) ‖ u32(i), L). The counter rises by one per
 * request, whatever L is.
 */
export function drbg(seed: string): (length: number) => Uint8Array {
  let request = 0;
  return (length) => shake256(concat(utf8(seed), u32(request++)), { dkLen: length });
}

/** Blocks of this many bytes are asked of the generator by {@link pooledDrbg}. */
const POOL_BYTES = 4096;

/**
 * The same generator for statistics: small requests are cut from large blocks, as a million one-byte requests would
 * cost a hash each. What it returns differs from {@link drbg}.
 */
export function pooledDrbg(seed: string): (length: number) => Uint8Array {
  const random = drbg(seed);
  let pool = random(POOL_BYTES);
  let at = 0;
  return (length) => {
    if (length > POOL_BYTES) return random(length);
    if (at + length > pool.length) [pool, at] = [random(POOL_BYTES), 0];
    return pool.slice(at, (at += length));
  };
}
