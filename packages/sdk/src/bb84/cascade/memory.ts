import type { IndexMemory } from "./layout.js";

/** No more than this is kept for the next run: 4 MiB. */
const KEPT_MAX = 1 << 20;

/**
 * Arrays that one run after another uses. Making them anew would cost more than filling them. They hold shuffles, which
 * are public, and nothing of a key.
 */
export class ReusedMemory implements IndexMemory {
  #length = 0;
  #free: Int32Array[] = [];
  #taken: Int32Array[] = [];

  take(length: number): Int32Array {
    if (length !== this.#length) {
      this.#length = length;
      this.#free = [];
      this.#taken = [];
    }
    const array = this.#free.pop() ?? new Int32Array(length);
    this.#taken.push(array);
    return array;
  }

  /** Everything that was taken may be handed out again. */
  giveBack(): void {
    const room = Math.max(0, Math.floor(KEPT_MAX / Math.max(1, this.#length)));
    this.#free = [...this.#free, ...this.#taken].slice(0, room);
    this.#taken = [];
  }
}
