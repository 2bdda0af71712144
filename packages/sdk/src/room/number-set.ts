/** A set of whole numbers from 0, kept as ranges: numbers that come nearly in order take no space. */
export class NumberSet {
  /** Rising, apart from each other: the first number and the one after the last of each range. */
  #ranges: { readonly from: number; readonly to: number }[] = [];

  /** @returns false when it was in already */
  add(n: number): boolean {
    const at = this.#ranges.findIndex(({ to }) => n <= to);
    if (at < 0) {
      this.#ranges.push({ from: n, to: n + 1 });
      return true;
    }
    const range = this.#ranges[at];
    if (n >= range.from && n < range.to) return false;
    if (n + 1 < range.from) {
      this.#ranges.splice(at, 0, { from: n, to: n + 1 });
      return true;
    }
    const next = this.#ranges[at + 1];
    if (n + 1 === range.from) this.#ranges[at] = { from: n, to: range.to };
    else if (next?.from === n + 1) this.#ranges.splice(at, 2, { from: range.from, to: next.to });
    else this.#ranges[at] = { from: range.from, to: n + 1 };
    return true;
  }

  has(n: number): boolean {
    return this.#ranges.some(({ from, to }) => n >= from && n < to);
  }

  /** Null in an empty set. */
  get highest(): number | null {
    const last = this.#ranges.at(-1);
    return last === undefined ? null : last.to - 1;
  }

  get size(): number {
    return this.#ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  }
}
