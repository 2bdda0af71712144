import { getBits, putBits, reverseBits, wordsForBits } from "../packed-words.js";
import type { ToeplitzKernel } from "./kernel.js";
import { planScratch, squareSide, toeplitzPlan } from "./plan.js";

/**
 * The product of a Toeplitz matrix and a bit string: bit i is ⊕ⱼ s[i − j + n − 1]·x[j], packed in a new array. The input
 * is taken in reverse, y[k] = x[n − 1 − k], so that both run forwards: bit i is ⊕ₖ s[i + k]·y[k].
 *
 * @param input x: n = `inputBits` bits, packed, n ≥ 1
 * @param seed s: at least n + m − 1 bits for m = `outputBits` ≥ 1
 */
export function toeplitzProduct(
  kernel: ToeplitzKernel,
  input: Uint8Array,
  inputBits: number,
  outputBits: number,
  seed: Uint8Array,
): Uint8Array {
  const plan = toeplitzPlan(wordsForBits(outputBits), wordsForBits(inputBits));
  const { rows, columns } = plan;
  const side = squareSide(plan);
  const vector = 0;
  const out = vector + columns * side;
  const diagonal = out + rows * side;
  // Room for what kernels read past the end.
  const scratch = diagonal + (rows + columns) * side + 8;
  const heap = kernel.heap(scratch + planScratch(plan));
  try {
    putBits(seed, heap, diagonal);
    putBits(input, heap, vector);
    reverseBits(heap, inputBits, vector);
    const squares = new Squares(kernel, heap, plan.leaf);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++)
        squares.add(out + row * side, diagonal + (row + column) * side, vector + column * side, side, scratch);
    }
    return getBits(heap, outputBits, out);
  } finally {
    heap.fill(0);
  }
}

/** Multiplies squares in one heap. */
class Squares {
  readonly #kernel: ToeplitzKernel;
  readonly #heap: Int32Array;
  readonly #leaf: number;

  constructor(kernel: ToeplitzKernel, heap: Int32Array, leaf: number) {
    this.#kernel = kernel;
    this.#heap = heap;
    this.#leaf = leaf;
  }

  /**
   * Adds the product of a square and a vector to `out`: with S₀, S₁, S₂ along the diagonals, out₀ += S₀y₀ + S₁y₁ and
   * out₁ += S₁y₀ + S₂y₁ by three products instead of four (Fan and Hasan 2007, IEEE Trans. Comput. 56:224):
   * (S₀ + S₁)y₀, S₁(y₀ + y₁) and (S₁ + S₂)y₁.
   */
  add(out: number, diagonal: number, vector: number, side: number, scratch: number): void {
    if (side === this.#leaf) {
      this.#kernel.addProduct(this.#heap, out, diagonal, vector, side, scratch);
      return;
    }
    const half = side / 2;
    const sums = scratch;
    const vectors = sums + side;
    const product = vectors + half;
    const deeper = product + half;
    this.#xor(vectors, vector, vector + half, half);
    this.#heap.fill(0, product, deeper);
    this.add(product, diagonal + half, vectors, half, deeper);
    this.#xor(out, out, product, half);
    this.#xor(out + half, out + half, product, half);
    this.#xor(sums, diagonal, diagonal + half, side);
    this.add(out, sums, vector, half, deeper);
    this.#xor(sums, diagonal + half, diagonal + side, side);
    this.add(out + half, sums, vector + half, half, deeper);
  }

  #xor(out: number, a: number, b: number, words: number): void {
    const heap = this.#heap;
    for (let i = 0; i < words; i++) heap[out + i] = heap[a + i] ^ heap[b + i];
  }
}
