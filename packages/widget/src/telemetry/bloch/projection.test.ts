import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "./projection.js";

test("up is up, +X is to the right, and the front is nearer than the back", () => {
  const at = (x: number, y: number, z: number) => project({ x, y, z }, 0, 0, 100);
  assert.ok(at(0, 0, 1).y < -80 && Math.abs(at(0, 0, 1).x) < 1e-9);
  assert.ok(at(1, 0, 0).x > 80);
  assert.ok(at(-1, 0, 0).x < -80);
  assert.ok(at(0, -1, 0).depth > 0 && at(0, 1, 0).depth < 0);
});

test("no point of the sphere leaves its circle", () => {
  for (let i = 0; i < 500; i++) {
    const [polar, azimuth] = [(i / 500) * Math.PI, i * 2.4];
    const point = project(
      { x: Math.sin(polar) * Math.cos(azimuth), y: Math.sin(polar) * Math.sin(azimuth), z: Math.cos(polar) },
      10,
      20,
      50,
    );
    assert.ok(Math.hypot(point.x - 10, point.y - 20) <= 50 + 1e-9);
    assert.ok(Math.abs(point.depth) <= 1 + 1e-9);
  }
});
