import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelPhase } from "../run.js";
import { drawChannel, type Screen } from "./draw.js";

const COLOURS = { text: "text", muted: "muted", line: "line", teal: "teal", amber: "amber", red: "red" };

interface Stroke {
  readonly colour: string;
  readonly dashed: boolean;
  /** Each run of the pen without lifting it, as the x of its points. */
  readonly parts: number[][];
}

/** Writes down what is stroked. */
class Recorder {
  readonly strokes: Stroke[] = [];
  strokeStyle = "";
  #parts: number[][] = [];
  #dashed = false;
  setLineDash(dash: number[]): void {
    this.#dashed = dash.length > 0;
  }
  beginPath(): void {
    this.#parts = [];
  }
  moveTo(x: number): void {
    this.#parts.push([x]);
  }
  lineTo(x: number): void {
    this.#parts.at(-1)!.push(x);
  }
  stroke(): void {
    this.strokes.push({ colour: this.strokeStyle, dashed: this.#dashed, parts: this.#parts });
  }
}

function strokes(phase: ChannelPhase, more: Partial<Screen> = {}, width = 320): Stroke[] {
  const recorder = new Recorder();
  const pen = new Proxy(recorder, {
    get: (target, name): unknown => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : (value ?? (() => undefined));
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  const screen = { phase, time: 5000, since: 20_000, afterExchange: false, ...more };
  drawChannel(pen as unknown as CanvasRenderingContext2D, width, 112, screen, COLOURS);
  return recorder.strokes.slice(1); // the graticule
}

const longest = (all: readonly Stroke[]): Stroke =>
  all.reduce((a, b) => (b.parts.flat().length > a.parts.flat().length ? b : a));

test("idle is one dashed muted line", () => {
  const all = strokes("IDLE");
  assert.equal(all.length, 1);
  assert.deepEqual([all[0].colour, all[0].dashed], ["muted", true]);
});

test("an exchange shows photons in the colours of both bases on a solid line", () => {
  const all = strokes("EXCHANGING", { since: 6000 });
  assert.equal(all[0].dashed, false);
  const colours = new Set(
    Array.from({ length: 9 }, (_, i) => strokes("EXCHANGING", { since: 2000 + i * 700 }))
      .flat()
      .map((one) => one.colour),
  );
  assert.deepEqual([...colours].sort(), ["amber", "teal"]);
  assert.ok(all.length > 5);
});

test("the secure trace is one teal line from edge to edge, the noisy one amber", () => {
  for (const [phase, colour] of [
    ["SECURE", "teal"],
    ["NOISY", "amber"],
  ] as const) {
    const trace = longest(strokes(phase));
    assert.equal(trace.colour, colour);
    assert.equal(trace.parts.length, 1);
    assert.deepEqual([trace.parts[0][0], trace.parts[0].at(-1)], [0, 320]);
  }
});

test("the eavesdropper's trace is red, in pieces, with a cross at each cut", () => {
  const all = strokes("EAVESDROPPER");
  const trace = longest(all);
  assert.equal(trace.colour, "red");
  assert.ok(trace.parts.length >= 4);
  const crosses = all.at(-1)!;
  assert.deepEqual([crosses.colour, crosses.parts.length], ["red", 8]);
});

test("the trace of an ended run comes in from the left while the last photons arrive", () => {
  const all = strokes("SECURE", { since: 450, time: 5000, afterExchange: true });
  const trace = longest(all);
  assert.ok(trace.parts[0].at(-1)! <= 162 && trace.parts[0].at(-1)! >= 150);
  const photons = all.filter(({ parts }) => parts.length === 1 && parts[0].length === 21);
  assert.ok(photons.length > 0);
  for (const { parts } of photons) assert.ok(Math.min(...parts[0]) > 120);
});

test("a very wide screen costs no more points than a wide one", () => {
  assert.ok(longest(strokes("SECURE", {}, 20_000)).parts.flat().length < 1300);
});
