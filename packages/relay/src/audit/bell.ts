const [RUNG, IDLE] = [0, 1];

/**
 * How one thread wakes another, in shared memory. A message alone would wake it too, each time and, as schedulers have it,
 * on the core of whoever sent it, which then has to wait for its own core: at thousands of rows a second that is the
 * largest cost of a log to the messages beside it. So the thread looks at its messages when its time has come, and is
 * woken only where somebody waits for it, or where it has nothing to do.
 */
export class Bell {
  readonly #state: Int32Array<SharedArrayBuffer>;

  /** @param buffer of `Bell.buffer()`, the same on both threads */
  constructor(buffer: SharedArrayBuffer) {
    this.#state = new Int32Array(buffer);
  }

  static buffer(): SharedArrayBuffer {
    return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Wakes the other thread. */
  ring(): void {
    Atomics.store(this.#state, RUNG, 1);
    Atomics.notify(this.#state, RUNG);
  }

  /** Wakes the other thread if it would sleep on for ever. To be called after the message was sent. */
  ringIfIdle(): void {
    if (Atomics.load(this.#state, IDLE) === 1) this.ring();
  }

  /** Sleeps until the bell rings or the time is over. */
  sleep(milliseconds: number): void {
    Atomics.wait(this.#state, RUNG, 0, milliseconds);
    Atomics.store(this.#state, RUNG, 0);
  }

  /**
   * Sleeps until the bell rings.
   * @param nothing looks once more whether there is nothing to do, now that everybody can see that this thread idles
   */
  idle(nothing: () => boolean): void {
    Atomics.store(this.#state, IDLE, 1);
    if (nothing()) Atomics.wait(this.#state, RUNG, 0);
    Atomics.store(this.#state, IDLE, 0);
    Atomics.store(this.#state, RUNG, 0);
  }
}
