import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, AT_START, isAtEnd, pause, play, QUBIT_TIME, showQubit, step } from "./player.js";

test("playing shows each qubit in turn and stops at the end of the last", () => {
  let player = play(AT_START, 3);
  const seen = new Set<number>();
  for (let time = 0; time < QUBIT_TIME * 4; time += 50) {
    player = advance(player, 50, 3);
    seen.add(player.index);
  }
  assert.deepEqual([...seen], [0, 1, 2]);
  assert.deepEqual(player, { index: 2, t: 1, playing: false, speed: 1 });
  assert.ok(isAtEnd(player, 3));
});

test("play at the end begins again, and pause keeps the place", () => {
  const end = showQubit(AT_START, 2, 3);
  assert.deepEqual(play(end, 3), { index: 0, t: 0, playing: true, speed: 1 });
  const midway = pause(advance(play(AT_START, 3), QUBIT_TIME * 1.5, 3));
  assert.deepEqual([midway.index, midway.t], [1, 0.5]);
  assert.equal(advance(midway, 1000, 3), midway);
});

test("twice the speed is half the time", () => {
  const player = advance({ ...play(AT_START, 10), speed: 2 }, QUBIT_TIME, 10);
  assert.equal(player.index, 2);
});

test("a step shows a result: that of the qubit under way first, and never one that is not there", () => {
  const midway = advance(play(AT_START, 3), QUBIT_TIME * 1.5, 3);
  const shown = step(midway, 1, 3);
  assert.deepEqual([shown.index, shown.t, shown.playing], [1, 1, false]);
  assert.equal(step(shown, 1, 3).index, 2);
  assert.equal(step(step(shown, 1, 3), 1, 3).index, 2);
  assert.equal(step(AT_START, -1, 3).index, 0);
});

test("a long pause between two frames skips qubits and does not leave the sequence", () => {
  assert.deepEqual(advance(play(AT_START, 3), 3_600_000, 3).index, 2);
});

test("an empty sequence stays where it is", () => {
  assert.equal(play(AT_START, 0), AT_START);
  assert.equal(step(AT_START, 1, 0), AT_START);
  assert.ok(isAtEnd(AT_START, 0));
});
