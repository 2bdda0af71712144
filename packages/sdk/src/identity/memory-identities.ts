import { wipe } from "../crypto/wipe.js";
import { keyOf, type IdentityPlace, type IdentityStore, type RememberedIdentity } from "./identity-store.js";

/**
 * Identities in memory, for as long as the process runs: for tests, for programs that join the same room again and
 * again, and as an example of a store.
 */
export function memoryIdentities(): IdentityStore {
  return new MemoryIdentities();
}

class MemoryIdentities implements IdentityStore {
  readonly #remembered = new Map<string, RememberedIdentity>();
  readonly #locks = new Map<string, Promise<void>>();

  async lock(place: IdentityPlace, signal: AbortSignal): Promise<() => void> {
    const key = keyOf(place);
    for (let held = this.#locks.get(key); held !== undefined; held = this.#locks.get(key)) {
      await untilAborted(held, signal);
    }
    let release!: () => void;
    const lock = new Promise<void>((resolve) => (release = resolve));
    this.#locks.set(key, lock);
    return () => {
      if (this.#locks.get(key) === lock) this.#locks.delete(key);
      release();
    };
  }

  has(place: IdentityPlace): Promise<boolean> {
    return Promise.resolve(this.#remembered.has(keyOf(place)));
  }

  load(place: IdentityPlace): Promise<RememberedIdentity | null> {
    const remembered = this.#remembered.get(keyOf(place));
    return Promise.resolve(remembered === undefined ? null : copyOf(remembered));
  }

  save(place: IdentityPlace, remembered: RememberedIdentity): Promise<void> {
    const copy = copyOf(remembered);
    wipe(this.#remembered.get(keyOf(place))?.seed);
    this.#remembered.set(keyOf(place), copy);
    return Promise.resolve();
  }

  remove(place: IdentityPlace): Promise<void> {
    wipe(this.#remembered.get(keyOf(place))?.seed);
    this.#remembered.delete(keyOf(place));
    return Promise.resolve();
  }
}

function copyOf({ seed, pins }: RememberedIdentity): RememberedIdentity {
  return { seed: seed.slice(), pins: [...pins] };
}

function untilAborted(held: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason as Error);
    if (signal.aborted) return aborted();
    signal.addEventListener("abort", aborted, { once: true });
    void held.then(resolve).finally(() => signal.removeEventListener("abort", aborted));
  });
}
