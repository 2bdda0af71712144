import { bitAt, flipBit, type Bit } from "../bits.js";
import { chances } from "./chance.js";
import { symbolAt } from "./qubits.js";
import type { RandomBytes } from "../random.js";

/**
 * Measures N qubits. In the basis of the preparation the outcome is the bit, in the other one a fair coin (Born's
 * rule for bases 45° apart); then each outcome flips with probability `noise`.
 *
 * The order of the draws is part of the test vectors: one byte for each mismatched qubit in index order, its low bit
 * the coin; then, only if there is noise, one draw for all qubits.
 *
 * @param symbols N/4 bytes
 * @param bases N bits
 * @param noise 0 … 0.5
 * @returns N bits
 */
export function measure(symbols: Uint8Array, bases: Uint8Array, noise: number, random: RandomBytes): Uint8Array {
  const outcomes = new Uint8Array(bases.length);
  const count = bases.length * 8;
  for (let i = 0; i < count; i++) {
    const symbol = symbolAt(symbols, i);
    const bit = symbol >>> 1 === bitAt(bases, i) ? symbol : random(1)[0];
    flipBit(outcomes, i, (bit & 1) as Bit);
  }
  const flipped = chances(count, noise, random);
  for (let i = 0; i < count; i++) if (flipped(i)) flipBit(outcomes, i);
  return outcomes;
}
