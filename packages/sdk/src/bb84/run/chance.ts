import type { RandomBytes } from "../random.js";

/**
 * Decides `count` independent events of the same probability with one draw of 4 bytes each; the probability is exact
 * to 2⁻³². Nothing is drawn for a probability of 0.
 */
export function chances(count: number, probability: number, random: RandomBytes): (index: number) => boolean {
  if (probability === 0) return () => false;
  const draws = random(count * 4);
  const view = new DataView(draws.buffer, draws.byteOffset, draws.byteLength);
  const threshold = Math.round(probability * 2 ** 32);
  return (index) => view.getUint32(index * 4) < threshold;
}
