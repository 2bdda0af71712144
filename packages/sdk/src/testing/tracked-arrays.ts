/**
 * Runs `work` while every `Uint8Array` that JavaScript code constructs is recorded, also those that `slice` and `map`
 * make. With it a test can look for secrets in buffers that their owners keep private.
 */
export function trackArrays<T>(work: () => T): { result: T; arrays: readonly Uint8Array[] } {
  const { arrays, stop } = startTracking();
  try {
    return { result: work(), arrays };
  } finally {
    stop();
  }
}

/** The same until what `work` returns is settled. Nothing else may run meanwhile. */
export async function trackArraysUntil(work: () => Promise<unknown>): Promise<readonly Uint8Array[]> {
  const { arrays, stop } = startTracking();
  try {
    await work();
  } finally {
    stop();
  }
  return arrays;
}

function startTracking(): { arrays: readonly Uint8Array[]; stop: () => void } {
  const arrays: Uint8Array[] = [];
  const Original = globalThis.Uint8Array;
  class Tracked extends Original {
    constructor(...args: ConstructorParameters<typeof Original>) {
      super(...args);
      arrays.push(this);
    }
  }
  // By its name libraries know an array of this kind once the tracking is over.
  Object.defineProperty(Tracked, "name", { value: Original.name });
  globalThis.Uint8Array = Tracked;
  return { arrays, stop: () => (globalThis.Uint8Array = Original) };
}

/** The arrays that hold a run of `window` bytes of the secret. The secret has at least that many bytes. */
export function arraysWith(
  secret: Uint8Array,
  arrays: readonly Uint8Array[],
  window: number = 8,
): readonly Uint8Array[] {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
  const whole = text(secret);
  const windows = Array.from({ length: secret.length - window + 1 }, (_, at) => whole.slice(at, at + window));
  if (windows.length === 0) throw new Error("The secret is shorter than the window.");
  return arrays.filter((array) => {
    const content = text(array);
    return windows.some((part) => content.includes(part));
  });
}
