import assert from "node:assert/strict";
import { test } from "node:test";
import { cutsAt, levelAt, photonsAt, PHOTONS_MAX } from "./signal.js";

const places = Array.from({ length: 400 }, (_, i) => i / 400);
const levels = (phase: Parameters<typeof levelAt>[0], time = 5000) => places.map((u) => levelAt(phase, u, time));

/** How much a trace bends from one point to the next, at most. */
function roughness(trace: readonly (number | null)[]): number {
  return Math.max(...trace.map((y, i) => (i < 1 || y === null ? 0 : Math.abs(y - (trace[i - 1] ?? y)))));
}

test("the secure trace is smooth and regular: a third of it later it is the same again", () => {
  const trace = levels("SECURE") as number[];
  assert.ok(roughness(trace) < 0.05);
  for (let i = 0; i + 133 < trace.length; i++) assert.ok(Math.abs(trace[i] - trace[i + 133]) < 0.05);
});

test("the noisy trace is rough, and not broken", () => {
  const trace = levels("NOISY");
  assert.ok(trace.every((y) => y !== null));
  assert.ok(roughness(trace) > 0.08);
});

test("the eavesdropper's trace is broken where her cuts are, and only there", () => {
  for (const time of [0, 3100, 9000, 60_000]) {
    const trace = levels("EAVESDROPPER", time);
    const broken = trace.filter((y) => y === null).length / trace.length;
    assert.ok(broken > 0.1 && broken < 0.5, `${broken} of it is broken`);
    for (const cut of cutsAt(time)) assert.equal(levelAt("EAVESDROPPER", cut, time), null);
  }
});

test("an idle trace is flat", () => {
  assert.ok(levels("IDLE").every((y) => y === 0));
});

test("no trace leaves the screen, at any time", () => {
  for (const phase of ["SECURE", "NOISY", "EAVESDROPPER"] as const)
    for (let time = 0; time < 20_000; time += 333)
      for (const y of levels(phase, time)) assert.ok(y === null || Math.abs(y) <= 1);
});

test("photons fly from the sender to the receiver, few at a time, and none leaves after the exchange", () => {
  for (let time = 0; time < 10_000; time += 97) {
    const photons = photonsAt(time);
    assert.ok(photons.length <= PHOTONS_MAX);
    assert.ok(photons.every(({ at }) => at >= 0 && at <= 1));
  }
  assert.equal(photonsAt(3_600_000).length, photonsAt(3_600_000 + 210).length);
  const [before, after] = [photonsAt(2000, 2000), photonsAt(2300, 2000)];
  assert.ok(Math.min(...after.map(({ at }) => at)) > Math.min(...before.map(({ at }) => at)));
  assert.equal(photonsAt(2000 + 1800, 2000).length, 0);
});

test("both bases are among the photons", () => {
  const bases = new Set(
    Array.from({ length: 20 }, (_, i) => photonsAt(i * 1500)).flatMap((all) => all.map((p) => p.basis)),
  );
  assert.deepEqual([...bases].sort(), [0, 1]);
});
