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
