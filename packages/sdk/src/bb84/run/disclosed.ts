import { bitAt, positions, type Bit } from "../bits.js";
import type { Sifting } from "./sifting.js";

/** One qubit of the simulated channel that never entered a key: its basis did not match, or it was sampled and disclosed. */
export interface DisclosedQubit {
  /** Place in the run, from 0. */
  readonly index: number;
  /** What was prepared: basis 0 rectilinear (|0⟩ |1⟩), 1 diagonal (|+⟩ |−⟩). `bit` is null where this side does not know it. */
  readonly sent: { readonly basis: Bit; readonly bit: Bit | null };
  /** What the receiver measured; `bit` is null where this side does not know it. */
  readonly measured: { readonly basis: Bit; readonly bit: Bit | null };
}

/** At most so many disclosed qubits are told for each run. */
export const DISCLOSED_LIMIT = 128;

/** At most `limit` disclosed qubits, spread evenly over the run, each described by the side that knows it. */
export function disclosedQubits(
  { match, sample }: Sifting,
  limit: number,
  describe: (index: number, sampled: boolean) => DisclosedQubit,
): DisclosedQubit[] {
  const places = positions(disclosedMask(match, sample));
  const count = Math.min(limit, places.length);
  return Array.from({ length: count }, (_, i) => {
    const index = places[Math.floor((i * places.length) / count)];
    return describe(index, bitAt(sample, index) === 1);
  });
}

/** Zeroes every bit that may be part of a key; those that are disclosed stay, for the picture of the run. */
export function eraseUndisclosed(bits: Uint8Array, { match, sample }: Sifting): void {
  const keep = disclosedMask(match, sample);
  for (let i = 0; i < bits.length; i++) bits[i] &= keep[i];
}

function disclosedMask(match: Uint8Array, sample: Uint8Array): Uint8Array {
  return match.map((byte, i) => ~byte | sample[i]);
}
