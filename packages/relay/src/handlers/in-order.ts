import type { Soon } from "../soon.js";

/**
 * Does the work for one socket in the order in which it came: at once, unless earlier work still waits for something. No
 * event overtakes another, and none comes before the end of a `join` that lets it through.
 */
export class InOrder {
  #last: Promise<void> | undefined;
  #waiting = 0;

  /** How much work has come and is not done. */
  get waiting(): number {
    return this.#waiting;
  }

  /** @param work must answer for its own failures */
  run(work: () => Soon<void>): void {
    const done = this.#last ? this.#last.then(work) : work();
    if (!(done instanceof Promise)) return;
    this.#waiting++;
    const last = done.finally(() => {
      this.#waiting--;
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
  }
}
