/**
 * Which leaf to search next, by its pass and first position. A leaf may be there more than once and may have gone stale;
 * who takes it checks.
 */
export interface Candidates {
  /** @param size bits in the leaf */
  add(pass: number, start: number, size: number): void;
  /** Puts the next into `pass` and `start`; false when there is none. */
  take(): boolean;
  pass: number;
  start: number;
  /** At most this many questions go into one message. */
  readonly batch: number;
}

/** A copy with room for as many again. */
export function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const out = new Int32Array(array.length * 2);
  out.set(array);
  return out;
}

/** First come, first served, and all in one message: fewest rounds. */
export class AllAtOnce implements Candidates {
  pass = 0;
  start = 0;
  readonly batch = Infinity;
  /** Pairs. */
  #queue = new Int32Array(1024);
  #head = 0;
  #tail = 0;

  add(pass: number, start: number): void {
    if (this.#tail === this.#queue.length) this.#queue = doubled(this.#queue);
    this.#queue[this.#tail++] = pass;
    this.#queue[this.#tail++] = start;
  }

  take(): boolean {
    if (this.#head === this.#tail) {
      this.#head = this.#tail = 0;
      return false;
    }
    this.pass = this.#queue[this.#head++];
    this.start = this.#queue[this.#head++];
    return true;
  }
}

/** The smallest first, one to a message: best efficiency. */
export class SmallestFirst implements Candidates {
  pass = 0;
  start = 0;
  readonly batch = 1;
  /** The candidates of each size, as pairs; sizes that are empty stay. */
  readonly #bySize = new Map<number, number[]>();
  /** The sizes, rising. */
  readonly #sizes: number[] = [];

  add(pass: number, start: number, size: number): void {
    const same = this.#bySize.get(size);
    if (same !== undefined) {
      same.push(pass, start);
      return;
    }
    this.#bySize.set(size, [pass, start]);
    const larger = this.#sizes.findIndex((other) => other > size);
    this.#sizes.splice(larger < 0 ? this.#sizes.length : larger, 0, size);
  }

  take(): boolean {
    for (const size of this.#sizes) {
      const same = this.#bySize.get(size)!;
      if (same.length === 0) continue;
      this.start = same.pop()!;
      this.pass = same.pop()!;
      return true;
    }
    return false;
  }
}
