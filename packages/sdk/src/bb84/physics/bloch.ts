import type { Bit } from "../bits.js";

/**
 * A qubit's state as its Bloch vector: ρ = (I + x·X + y·Y + z·Z) / 2, length at most 1. |0⟩ is +z, |1⟩ −z, |+⟩ +x, |−⟩ −x.
 */
export interface Bloch {
  /** +1 at |+⟩, −1 at |−⟩. */
  readonly x: number;
  /** 0 for the states of BB84. */
  readonly y: number;
  /** +1 at |0⟩, −1 at |1⟩. */
  readonly z: number;
}

/** 0 rectilinear (|0⟩ |1⟩), 1 diagonal (|+⟩ |−⟩), 2 Breidbart, halfway between them at 22.5°. */
export type Axis = 0 | 1 | 2;
/**
 * The basis halfway between rectilinear and diagonal: an eavesdropper guesses right there most often (Bennett et al.
 * 1992).
 */
export const BREIDBART = 2;

const HALF = Math.SQRT1_2;
const AXES: readonly Bloch[] = [
  { x: 0, y: 0, z: 1 },
  { x: 1, y: 0, z: 0 },
  { x: HALF, y: 0, z: HALF },
];

/** The state of a qubit prepared with this bit in this basis. */
export function prepared(axis: Axis, bit: Bit): Bloch {
  const { x, y, z } = AXES[axis];
  return bit === 0 ? { x, y, z } : { x: -x, y: -y, z: -z };
}

/** Born's rule: the probability that a measurement along this axis gives 1, that is (1 − r·n) / 2. */
export function probabilityOfOne(state: Bloch, axis: Axis): number {
  const { x, y, z } = AXES[axis];
  return (1 - (state.x * x + state.y * y + state.z * z)) / 2;
}

/** ρ → (1 − p)·ρ + p·I/2, by which a sifted bit is wrong with probability p/2. */
export function depolarise({ x, y, z }: Bloch, p: number): Bloch {
  return { x: (1 - p) * x, y: (1 - p) * y, z: (1 - p) * z };
}

/** ρ → (1 − p)·ρ + p·XρX */
export function flipBits({ x, y, z }: Bloch, p: number): Bloch {
  return { x, y: (1 - 2 * p) * y, z: (1 - 2 * p) * z };
}

/** ρ → (1 − p)·ρ + p·ZρZ */
export function flipPhases({ x, y, z }: Bloch, p: number): Bloch {
  return { x: (1 - 2 * p) * x, y: (1 - 2 * p) * y, z };
}

/** Amplitude damping (Nielsen and Chuang 2010, §8.3.5): |1⟩ decays to |0⟩ with probability γ. */
export function damp({ x, y, z }: Bloch, gamma: number): Bloch {
  const kept = Math.sqrt(1 - gamma);
  return { x: kept * x, y: kept * y, z: gamma + (1 - gamma) * z };
}

/**
 * Turns the polarization by θ: |0⟩ → cos θ |0⟩ + sin θ |1⟩, an angle of 2θ from +z to +x on the sphere.
 * @param theta radians
 */
export function rotate({ x, y, z }: Bloch, theta: number): Bloch {
  const [c, s] = [Math.cos(2 * theta), Math.sin(2 * theta)];
  return { x: c * x + s * z, y, z: c * z - s * x };
}
