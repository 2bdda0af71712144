import assert from "node:assert/strict";
import { test } from "node:test";
import { qubit } from "../../testing/details.js";
import { compare, momentAt, orbitScene, pickShown, QUBIT_TIME, sceneOf, SHOWN_MAX } from "./model.js";
import { vectorOf, type Vector } from "./states.js";

const collapsing = qubit({ basis: 1, bit: 0 }, { basis: 0, bit: 1 });
const matching = qubit({ basis: 0, bit: 0 }, { basis: 0, bit: 0 });
const flipped = qubit({ basis: 0, bit: 0 }, { basis: 0, bit: 1 });

function close(actual: Vector | null, expected: Vector, tolerance = 1e-9): void {
  assert.ok(actual !== null);
  assert.ok(
    Math.hypot(actual.x - expected.x, actual.y - expected.y, actual.z - expected.z) < tolerance,
    JSON.stringify(actual),
  );
}

test("a qubit is shown first as it was sent, then as it was measured", () => {
  close(sceneOf(collapsing, 0).arrow, vectorOf(1, 0));
  assert.equal(sceneOf(collapsing, 0).basis, 1);
  close(sceneOf(collapsing, 1).arrow, vectorOf(0, 1));
  assert.equal(sceneOf(collapsing, 1).basis, 0);
});

test("the state collapses if and only if the bases differ", () => {
  assert.equal(compare(collapsing), "collapse");
  assert.ok(sceneOf(collapsing, 0.7).collapse !== null);
  assert.equal(compare(matching), "match");
  assert.equal(sceneOf(matching, 0.7).collapse, null);
  assert.equal(compare(flipped), "error");
  assert.equal(sceneOf(flipped, 0.7).collapse, null);
});

test("the receiver's basis is lit from the measurement on", () => {
  assert.equal(sceneOf(collapsing, 0.1).axis, 1);
  assert.equal(sceneOf(collapsing, 0.5).axis, 0);
});

test("what this side does not know is not drawn", () => {
  const unknownSent = qubit({ basis: 1, bit: null }, { basis: 0, bit: 0 });
  assert.equal(sceneOf(unknownSent, 0.2).arrow, null);
  close(sceneOf(unknownSent, 1).arrow, vectorOf(0, 0));
  const unknownResult = qubit({ basis: 1, bit: 1 }, { basis: 0, bit: null });
  close(sceneOf(unknownResult, 1).arrow, vectorOf(1, 1));
  assert.ok(sceneOf(unknownResult, 1).strength < 0.5);
  assert.equal(sceneOf(qubit({ basis: 1, bit: null }, { basis: 0, bit: null }), 1).arrow, null);
});

test("at most a fixed number of qubits is shown, spread over the whole run and in its order", () => {
  const many = Array.from({ length: 128 }, (_, index) => ({ ...matching, index }));
  const shown = pickShown(many);
  assert.equal(shown.length, SHOWN_MAX);
  assert.deepEqual(
    shown.map(({ index }) => index),
    Array.from({ length: SHOWN_MAX }, (_, i) => i * 4),
  );
  assert.equal(pickShown(many.slice(0, 5)).length, 5);
});

test("each qubit has its turn, then the last one stays until there is a key", () => {
  const shown = [matching, collapsing];
  assert.equal(momentAt(shown, 0, false).index, 0);
  assert.equal(momentAt(shown, QUBIT_TIME * 1.5, true).index, 1);
  const held = momentAt(shown, QUBIT_TIME * 10, false);
  assert.deepEqual([held.index, held.moving], [1, false]);
  close(held.scene.arrow, vectorOf(0, 1));
});

test("with a key the arrow leaves the last qubit without a jump and orbits on the sphere", () => {
  const end = QUBIT_TIME * 2;
  const first = momentAt([matching, collapsing], end, true);
  assert.deepEqual([first.index, first.moving], [null, true]);
  close(first.scene.arrow, vectorOf(0, 1));
  for (let time = 0; time < 30_000; time += 16) {
    const { arrow } = orbitScene(time, vectorOf(0, 1));
    const next = orbitScene(time + 16, vectorOf(0, 1)).arrow!;
    assert.ok(Math.abs(Math.hypot(arrow!.x, arrow!.y, arrow!.z) - 1) < 1e-9);
    close(arrow, next, 0.12);
  }
});

test("without qubits nothing is drawn and nothing moves", () => {
  assert.deepEqual(momentAt([], 1000, false), {
    scene: { arrow: null, basis: null, strength: 1, sent: null, axis: null, collapse: null },
    index: null,
    moving: false,
  });
});
