import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { damp, depolarise, flipBits, flipPhases, prepared, probabilityOfOne, rotate, type Bloch } from "./bloch.js";

/** A 2 × 2 matrix of complex numbers [re, im], row by row. */
type Complex = readonly [number, number];
type Matrix = readonly [Complex, Complex, Complex, Complex];

const add = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const real = (a: number, b: number, c: number, d: number): Matrix => [
  [a, 0],
  [b, 0],
  [c, 0],
  [d, 0],
];
const product = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  add(times(a, e), times(b, g)),
  add(times(a, f), times(b, h)),
  add(times(c, e), times(d, g)),
  add(times(c, f), times(d, h)),
];
const adjoint = (m: Matrix): Matrix => [m[0], m[2], m[1], m[3]].map(([re, im]) => [re, -im]) as unknown as Matrix;

/** ρ = (I + x·X + y·Y + z·Z) / 2 */
const densityOf = ({ x, y, z }: Bloch): Matrix => [
  [(1 + z) / 2, 0],
  [x / 2, -y / 2],
  [x / 2, y / 2],
  [(1 - z) / 2, 0],
];

/** ρ → Σ K·ρ·K† */
function throughKraus(state: Bloch, operators: readonly Matrix[]): Matrix {
  const parts = operators.map((k) => product(product(k, densityOf(state)), adjoint(k)));
  return [0, 1, 2, 3].map((i) => parts.map((part) => part[i]).reduce(add)) as unknown as Matrix;
}

const [X, Z, I] = [real(0, 1, 1, 0), real(1, 0, 0, -1), real(1, 0, 0, 1)];
const Y: Matrix = [
  [0, 0],
  [0, -1],
  [0, 1],
  [0, 0],
];
const scaled = (m: Matrix, by: number): Matrix => m.map(([re, im]) => [re * by, im * by]) as unknown as Matrix;

const states = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 7, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([z, phi, length]): Bloch => {
    const flat = Math.sqrt(1 - z * z) * length;
    return { x: flat * Math.cos(phi), y: flat * Math.sin(phi), z: z * length };
  });

/** The channels by their Kraus operators (Nielsen and Chuang 2010, §8.3). */
const CHANNELS: readonly [string, (state: Bloch, p: number) => Bloch, (p: number) => readonly Matrix[]][] = [
  ["a bit flip", flipBits, (p) => [scaled(I, Math.sqrt(1 - p)), scaled(X, Math.sqrt(p))]],
  ["a phase flip", flipPhases, (p) => [scaled(I, Math.sqrt(1 - p)), scaled(Z, Math.sqrt(p))]],
  [
    "a depolarising channel ρ → (1 − p)·ρ + p·I/2",
    depolarise,
    (p) => [scaled(I, Math.sqrt(1 - (3 * p) / 4)), ...[X, Y, Z].map((pauli) => scaled(pauli, Math.sqrt(p) / 2))],
  ],
  ["amplitude damping", damp, (p) => [real(1, 0, 0, Math.sqrt(1 - p)), real(0, Math.sqrt(p), 0, 0)]],
  ["a rotation", rotate, (p) => [real(Math.cos(p), -Math.sin(p), Math.sin(p), Math.cos(p))]],
];

describe("the Bloch vector", () => {
  for (const [name, map, kraus] of CHANNELS) {
    test(`goes through ${name} as the density matrix does through its Kraus operators`, () => {
      fc.assert(
        fc.property(states, fc.double({ min: 0, max: 1, noNaN: true }), (state, p) => {
          const expected = throughKraus(state, kraus(p));
          densityOf(map(state, p)).forEach(([re, im], i) => {
            assert.ok(Math.abs(re - expected[i][0]) < 1e-12 && Math.abs(im - expected[i][1]) < 1e-12);
          });
        }),
      );
    });
  }

  test("is read for sure in the basis of its preparation and as a coin in the one 45° from it", () => {
    for (const bit of [0, 1] as const) {
      for (const axis of [0, 1, 2] as const)
        assert.ok(Math.abs(probabilityOfOne(prepared(axis, bit), axis) - bit) < 1e-12);
      assert.equal(probabilityOfOne(prepared(0, bit), 1), 0.5);
      assert.equal(probabilityOfOne(prepared(1, bit), 0), 0.5);
    }
  });

  test("is read rightly with cos²(π/8) from the Breidbart basis", () => {
    for (const axis of [0, 1] as const)
      assert.ok(Math.abs(probabilityOfOne(prepared(axis, 1), 2) - Math.cos(Math.PI / 8) ** 2) < 1e-12);
  });
});
