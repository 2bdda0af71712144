/** A point of the Bloch sphere; unit length. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export type Bit = 0 | 1;
/** 0 rectilinear (|0⟩ |1⟩), 1 diagonal (|+⟩ |−⟩) */
export type Basis = 0 | 1;

/**
 * The four states of BB84 lie on one great circle. Its angle from the north pole towards +X, in degrees:
 * |0⟩ 0, |+⟩ 90, |1⟩ 180, |−⟩ 270.
 */
export function angleOf(basis: Basis, bit: Bit): number {
  return basis * 90 + bit * 180;
}

export function onCircle(degrees: number): Vector {
  const radians = (degrees * Math.PI) / 180;
  return { x: Math.sin(radians), y: 0, z: Math.cos(radians) };
}

/** The state as a vector: |0⟩ north pole, |1⟩ south pole, |+⟩ at +X, |−⟩ at −X. */
export function vectorOf(basis: Basis, bit: Bit): Vector {
  return onCircle(angleOf(basis, bit));
}

export function ketOf(basis: Basis, bit: Bit): string {
  return [
    ["|0⟩", "|1⟩"],
    ["|+⟩", "|−⟩"],
  ][basis][bit];
}

/** The angle a share `t` (0 … 1) of the way from one state to another by the shorter arc; opposite states go through +X. */
export function angleBetween(from: number, to: number, t: number): number {
  const turn = ((((to - from) % 360) + 540) % 360) - 180;
  const shorter = Math.abs(turn) === 180 ? (from === 270 || from === 180 ? -180 : 180) : turn;
  return from + shorter * t;
}
