import { QsecError } from "../../wire/errors.js";
import { bytesForBits, isPackedBits } from "../bits.js";
import type { UniversalHash } from "../laboratory/methods.js";
import type { ToeplitzKernel } from "./kernel.js";
import { toeplitzProduct } from "./product.js";
import { typescriptKernel } from "./typescript-kernel.js";
import { wasmKernel } from "./wasm-kernel.js";

/** {@link toeplitz} in TypeScript alone, for comparison: it falls back to it by itself. */
export const typescriptToeplitz: UniversalHash = toeplitzWith(() => typescriptKernel);

let best: ToeplitzKernel | undefined;

/**
 * Hashing by multiplication with a random Toeplitz matrix (Krawczyk 1994), which is 2-universal: two different keys have
 * the same hash of m bits with a probability of 2^−m. That makes it an extractor for privacy amplification (Bennett,
 * Brassard, Crépeau and Maurer 1995). Bit i of the result is ⊕ⱼ s[i − j + n − 1]·x[j] for n bits of key x and a seed s of
 * n + m − 1 bits; both have at least one bit. It gives the bits of {@link directToeplitz}, faster for long keys: with words of 128 bits in WebAssembly where the platform allows that, else in TypeScript.
 *
 * The seed is random and public. It is drawn when the last bit about the key has been told, and sent as a message that is
 * authenticated with the others: who knew it before, or could choose it, would know what to listen to.
 *
 * Between calls nothing of a key stays in its memory. Its steps depend on no bit, the addresses in its tables do.
 */
export const toeplitz: UniversalHash = toeplitzWith(() => (best ??= wasmKernel() ?? typescriptKernel));

/** @param kernel asked for when it is needed; `hash` throws QsecError `bad_option` for bits or a seed of another size */
export function toeplitzWith(kernel: () => ToeplitzKernel): UniversalHash {
  return {
    get name() {
      return `Toeplitz, ${kernel().name}`;
    },

    seedLength: (inputBits, outputBits) => bytesForBits(inputBits + outputBits - 1),

    hash(input, inputBits, outputBits, seed) {
      for (const count of [inputBits, outputBits]) {
        if (!Number.isSafeInteger(count) || count < 1)
          throw new QsecError("bad_option", "A Toeplitz hash needs at least one bit, and makes at least one.");
      }
      if (!isPackedBits(input, inputBits))
        throw new QsecError("bad_option", `The key does not have ${inputBits} packed bits.`);
      const length = bytesForBits(inputBits + outputBits - 1);
      if (seed.length !== length)
        throw new QsecError("bad_option", `The seed of this Toeplitz hash has ${length} bytes, not ${seed.length}.`);
      return toeplitzProduct(kernel(), input, inputBits, outputBits, seed);
    },
  };
}
