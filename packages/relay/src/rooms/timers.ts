/** Named one-shot timers: the deadlines of sockets that have not joined. */
export class Timers {
  readonly #pending = new Map<string, NodeJS.Timeout>();
  readonly #failed: (error: unknown) => void;

  /** @param failed told what a timer's work has thrown; nothing is thrown into the process */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Starts the timer anew when it runs already. */
  start(name: string, milliseconds: number, work: () => void): void {
    this.cancel(name);
    const run = (): void => {
      this.#pending.delete(name);
      try {
        work();
      } catch (error) {
        this.#failed(error);
      }
    };
    this.#pending.set(name, setTimeout(run, milliseconds));
  }

  cancel(name: string): void {
    clearTimeout(this.#pending.get(name));
    this.#pending.delete(name);
  }

  cancelAll(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }
}
