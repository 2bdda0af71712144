import { reconcileCascade, type CascadeOptions } from "../bb84/cascade/reconcile.js";
import { bytesForBits, flipBit } from "../bb84/bits.js";
import type { RandomBytes } from "../bb84/random.js";

/** Two keys as the two sides have them. */
export interface NoisyPair {
  /** Packed. */
  readonly reference: Uint8Array;
  readonly noisy: Uint8Array;
  readonly length: number;
}

/** A random key of `length` bits and a copy with exactly `errors` wrong bits at random places. */
export function noisyPair(length: number, errors: number, random: RandomBytes): NoisyPair {
  const reference = random(bytesForBits(length));
  if (length & 7) reference[reference.length - 1] &= 0xff << (8 - (length & 7));
  const noisy = reference.slice();
  const view = new DataView(random(4 * errors).buffer);
  // Floyd's sampling: one draw for each error, however many there are.
  const places = new Set<number>();
  for (let i = 0; i < errors; i++) {
    const last = length - errors + i;
    const place = Math.floor((view.getUint32(4 * i) * (last + 1)) / 2 ** 32);
    places.add(places.has(place) ? last : place);
  }
  for (const place of places) flipBit(noisy, place);
  return { reference, noisy, length };
}

/** Means over runs, and how many of them left an error. */
export interface CascadeMeans {
  readonly efficiency: number;
  readonly rounds: number;
  readonly failures: number;
}

/** Runs Cascade on fresh keys with exactly ⌊n·q + ½⌋ errors each. */
export function cascadeMeans(
  runs: number,
  options: Omit<CascadeOptions, "reference" | "noisy">,
  onRun: (run: () => void) => void = (run) => run(),
): CascadeMeans {
  const { length, qber, random } = options;
  const sums = { efficiency: 0, rounds: 0, failures: 0 };
  for (let i = 0; i < runs; i++) {
    const pair = noisyPair(length, Math.floor(length * qber + 0.5), random);
    onRun(() => {
      const { key, efficiency, rounds } = reconcileCascade({ ...options, ...pair });
      sums.efficiency += efficiency;
      sums.rounds += rounds;
      if (key.some((byte, at) => byte !== pair.reference[at])) sums.failures++;
    });
  }
  return { efficiency: sums.efficiency / runs, rounds: sums.rounds / runs, failures: sums.failures };
}
