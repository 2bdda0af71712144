import { shake256 } from "@noble/hashes/sha3.js";
import { utf8 } from "../../wire/bytes.js";
import { QsecError } from "../../wire/errors.js";
import type { RandomBytes } from "../random.js";
import { xoshiro128 } from "./xoshiro.js";

/** `crypto.getRandomValues` refuses more than this many bytes at once (Web Cryptography API, §10.1.1). */
const QUOTA = 65_536;

/** The platform's CSPRNG: what a simulation draws from where neither a seed nor a source of randomness is given. */
export const platformRandom: RandomBytes = (length) => {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += QUOTA) globalThis.crypto.getRandomValues(out.subarray(at, at + QUOTA));
  return out;
};

/**
 * A repeatable generator for simulations: xoshiro128** with its state from SHAKE256 of the seed. Not for secrets: who
 * sees some of its output can compute the rest.
 *
 * A request for L bytes takes ⌈L / 4⌉ words, least significant byte first.
 *
 * @param seed any text, UTF-8
 * @throws QsecError `bad_option` if the seed is no string
 */
export function seededRandom(seed: string): RandomBytes {
  if (typeof seed !== "string") throw new QsecError("bad_option", "A 'seed' must be a string.");
  const state = new DataView(shake256(utf8(seed), { dkLen: 16 }).buffer);
  const fill = xoshiro128([0, 4, 8, 12].map((at) => state.getUint32(at)));
  return (length) => {
    const words = new Int32Array(Math.ceil(length / 4));
    fill(words);
    return new Uint8Array(words.buffer, 0, length);
  };
}

/**
 * The source of randomness that options ask for: the seed's generator, the one given, or the CSPRNG.
 * @throws QsecError `bad_option` for a seed and a source together, or for something else than these
 */
export function randomnessOf({ seed, random }: { readonly seed?: string; readonly random?: RandomBytes }): RandomBytes {
  if (seed !== undefined && random !== undefined)
    throw new QsecError("bad_option", "Give either a 'seed' or a 'random', not both.");
  if (random !== undefined && typeof random !== "function")
    throw new QsecError("bad_option", "'random' must be a function that returns random bytes.");
  return seed === undefined ? (random ?? platformRandom) : seededRandom(seed);
}
