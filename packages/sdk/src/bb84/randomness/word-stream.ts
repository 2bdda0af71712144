import { QsecError } from "../../wire/errors.js";
import type { RandomBytes } from "../random.js";

const BLOCK_BYTES = 65_536;

/** Random bytes, a word of 32 bits at a time. They are asked for in blocks of 64 KiB, as a call for each would cost more than they do. */
export class WordStream {
  readonly #words = new Int32Array(BLOCK_BYTES / 4);
  readonly #random: RandomBytes;
  #at = BLOCK_BYTES / 4;

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  /**
   * 32 random bits, as a signed integer.
   * @throws QsecError `bad_option` when the source of randomness returns fewer bytes than asked
   */
  next(): number {
    if (this.#at === this.#words.length) this.#refill();
    return this.#words[this.#at++];
  }

  /** A random number with 53 bits, 0 ≤ x < 1. */
  fraction(): number {
    return ((this.next() >>> 5) * 2 ** 26 + (this.next() >>> 6)) / 2 ** 53;
  }

  /** Zeroes what was drawn; the next word comes from a new block. */
  wipe(): void {
    this.#words.fill(0);
    this.#at = this.#words.length;
  }

  #refill(): void {
    const block = takeBytes(this.#random, BLOCK_BYTES);
    new Uint8Array(this.#words.buffer).set(block);
    block.fill(0);
    this.#at = 0;
  }
}

/** @throws QsecError `bad_option` when `random` does not return an array of `length` bytes */
export function takeBytes(random: RandomBytes, length: number): Uint8Array {
  const bytes: unknown = random(length);
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) {
    const got = bytes instanceof Uint8Array ? `${bytes.length} bytes` : "something else";
    throw new QsecError(
      "bad_option",
      `'random' must return a Uint8Array of the length asked for: ${length} bytes were asked for, and ${got} came.`,
    );
  }
  return bytes;
}
