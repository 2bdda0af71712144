import assert from "node:assert/strict";
import { test } from "node:test";
import { drawSweep, placeOn } from "./plot.js";

const COLOURS = { text: "text", muted: "muted", line: "line", teal: "teal", amber: "amber", red: "red" };

/** Writes down dots, lines and words with their colours. */
class Recorder {
  readonly dots: { x: number; y: number; colour: string }[] = [];
  readonly lines: { colour: string; points: number[][] }[] = [];
  readonly words: string[] = [];
  strokeStyle = "";
  fillStyle = "";
  #points: number[][] = [];
  beginPath(): void {
    this.#points = [];
  }
  moveTo(x: number, y: number): void {
    this.#points.push([x, y]);
  }
  lineTo(x: number, y: number): void {
    this.#points.push([x, y]);
  }
  stroke(): void {
    this.lines.push({ colour: this.strokeStyle, points: this.#points });
  }
  arc(x: number, y: number): void {
    this.dots.push({ x, y, colour: this.fillStyle });
  }
  fillText(text: string): void {
    this.words.push(text);
  }
}

test("measured points lie on the line of theory where both say the same: dots with a key, crosses without", () => {
  const recorder = new Recorder();
  const pen = new Proxy(recorder, {
    get: (target, name): unknown => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : (value ?? (() => undefined));
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
  const shares = [0, 0.5, 1];
  const content = {
    points: shares.map((value) => ({
      value,
      qber: { measured: value / 4, expected: value / 4 },
      keys: value === 0 ? 1 : 0,
      secret: 0,
    })),
    theory: shares.map((value) => ({ value, qber: value / 4 })),
    end: 1,
    axis: "share",
    limit: "11% limit",
    percent: (share: number) => `${share * 100}%`,
  };
  drawSweep(pen as unknown as CanvasRenderingContext2D, 320, 208, content, COLOURS);
  const theory = recorder.lines.find(({ colour, points }) => colour === "muted" && points.length === 3)!;
  const place = placeOn(320, 208, 1);
  assert.deepEqual(
    theory.points,
    shares.map((value) => [...place(value, value / 4)]),
  );
  assert.deepEqual(recorder.dots, [{ x: place(0, 0)[0], y: place(0, 0)[1], colour: "teal" }]);
  const crosses = recorder.lines.filter(
    ({ colour, points }) => colour === "red" && Math.abs(points[0][0] - points[1][0]) === 8,
  );
  assert.equal(crosses.length, 4);
  assert.ok(recorder.words.includes("11% limit"));
});

test("an error rate above the axis stays on the canvas", () => {
  const [, y] = placeOn(320, 208, 1)(1, 0.9);
  assert.ok(y >= 0);
});
