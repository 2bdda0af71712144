/**
 * Padmé: the length that a file is padded to, so that a relay learns its size only roughly. It leaks O(log log L) bits
 * and costs at most 12 % (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
 * 2019, §4).
 *
 * @param length bytes, 1 to 2⁵²
 * @returns `length` rounded up to a multiple of 2^(e − s), with e = ⌊log₂ length⌋ and s = ⌊log₂ e⌋ + 1
 */
export function padme(length: number): number {
  const e = floorLog2(length);
  if (e < 1) return length; // a single byte has no lower bits to hide
  const step = 2 ** Math.max(0, e - (floorLog2(e) + 1));
  return Math.ceil(length / step) * step;
}

/** Exact, where `Math.log2` may round up just below a power of two. */
function floorLog2(n: number): number {
  let power = 0;
  for (let reached = 2; reached <= n; reached *= 2) power++;
  return power;
}
