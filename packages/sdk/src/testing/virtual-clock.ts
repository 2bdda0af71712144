/** Virtual time for whole sessions: timers and `Date` move only when a test says so, WebCrypto stays real. */
import { mock } from "node:test";

const START = 1_767_225_600_000;
/** So many turns of the event loop without WebCrypto at work: nothing more happens before the clock moves. */
const QUIET_TURNS = 4;
const COUNTED = ["encrypt", "decrypt", "importKey", "generateKey", "digest"] as const;

export class VirtualClock {
  readonly #subtle = crypto.subtle as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  readonly #originals = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  /** WebCrypto works on threads of its own, so the event loop alone does not tell when a session is at rest. */
  #working = 0;

  /** Takes over `setTimeout` and `Date` of this process until {@link uninstall}. `setImmediate` stays real. */
  install(): void {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: START });
    for (const name of COUNTED) {
      const original = this.#subtle[name];
      this.#originals.set(name, original);
      this.#subtle[name] = async (...args) => {
        this.#working++;
        try {
          return await original.apply(crypto.subtle, args);
        } finally {
          this.#working--;
        }
      };
    }
  }

  uninstall(): void {
    for (const [name, original] of this.#originals) this.#subtle[name] = original;
    this.#originals.clear();
    mock.timers.reset();
  }

  /** Waits until everything has happened that happens without time passing. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise((turn) => setImmediate(turn));
      if (this.#working > 0) quiet = -1;
    }
  }

  /** Lets time pass in steps and everything happen in between. Milliseconds. */
  async advance(milliseconds: number, step = 100): Promise<void> {
    await this.settle();
    for (let left = milliseconds; left > 0; left -= step) {
      mock.timers.tick(Math.min(step, left));
      await this.settle();
    }
  }

  /** Lets time pass until the condition holds; false when it does not within that time. */
  async until(condition: () => boolean, within: number, step = 100): Promise<boolean> {
    await this.settle();
    for (let left = within; left > 0 && !condition(); left -= step) await this.advance(Math.min(step, left), step);
    return condition();
  }
}
