import assert from "node:assert/strict";
import { test } from "node:test";
import { angleBetween, angleOf, ketOf, onCircle, vectorOf, type Vector } from "./states.js";

function near(actual: Vector, expected: Vector): void {
  for (const axis of ["x", "y", "z"] as const)
    assert.ok(Math.abs(actual[axis] - expected[axis]) < 1e-12, `${axis} of ${JSON.stringify(actual)}`);
}

test("|0⟩ is the north pole, |1⟩ the south pole, |+⟩ lies at +X and |−⟩ at −X", () => {
  near(vectorOf(0, 0), { x: 0, y: 0, z: 1 });
  near(vectorOf(0, 1), { x: 0, y: 0, z: -1 });
  near(vectorOf(1, 0), { x: 1, y: 0, z: 0 });
  near(vectorOf(1, 1), { x: -1, y: 0, z: 0 });
  assert.deepEqual([ketOf(0, 0), ketOf(0, 1), ketOf(1, 0), ketOf(1, 1)], ["|0⟩", "|1⟩", "|+⟩", "|−⟩"]);
});

test("between any two states the arrow starts at one and ends at the other", () => {
  for (const from of [0, 90, 180, 270]) {
    for (const to of [0, 90, 180, 270]) {
      near(onCircle(angleBetween(from, to, 0)), onCircle(from));
      near(onCircle(angleBetween(from, to, 1)), onCircle(to));
    }
  }
});

test("neighbouring states are joined by the shorter arc, opposite ones through |+⟩ or |0⟩", () => {
  const half = (from: number, to: number): Vector => onCircle(angleBetween(from, to, 0.5));
  near(half(angleOf(1, 1), angleOf(0, 0)), onCircle(315));
  near(half(0, 90), onCircle(45));
  near(half(0, 180), vectorOf(1, 0));
  near(half(180, 0), vectorOf(1, 0));
});
