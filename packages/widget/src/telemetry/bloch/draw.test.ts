import assert from "node:assert/strict";
import { test } from "node:test";
import { drawBloch } from "./draw.js";
import { NOTHING, sceneOf } from "./model.js";
import { qubit } from "../../testing/details.js";

const COLOURS = { text: "text", muted: "muted", line: "line", teal: "teal", amber: "amber", red: "red" };

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

/** Writes down the words and the colours of what is filled. */
class Recorder {
  readonly words: Word[] = [];
  readonly fills: string[] = [];
  fillStyle = "";
  globalAlpha = 1;
  fillText(text: string, x: number, y: number): void {
    this.words.push({ text, x, y, colour: this.fillStyle });
  }
  fill(): void {
    this.fills.push(this.fillStyle);
  }
}

function record(scene: Parameters<typeof drawBloch>[3]): Recorder {
  const recorder = new Recorder();
  const pen = new Proxy(recorder, {
    get: (target, name): unknown => Reflect.get(target, name) ?? (() => undefined),
    set: Reflect.set,
  });
  drawBloch(pen as unknown as CanvasRenderingContext2D, 280, 220, scene, COLOURS);
  return recorder;
}

test("the four states are named where they lie: rectilinear in teal, diagonal in amber", () => {
  const { words } = record(NOTHING);
  const word = (text: string): Word => words.find((one) => one.text === text)!;
  assert.deepEqual(
    [word("|0⟩").colour, word("|1⟩").colour, word("|+⟩").colour, word("|−⟩").colour],
    ["teal", "teal", "amber", "amber"],
  );
  assert.ok(word("|0⟩").y < word("|+⟩").y && word("|+⟩").y < word("|1⟩").y);
  assert.ok(word("|−⟩").x < word("|0⟩").x && word("|0⟩").x < word("|+⟩").x);
  for (const { x, y } of words) assert.ok(x > 5 && x < 275 && y > 5 && y < 215);
});

test("the arrow has the colour of the basis of its state", () => {
  const arrow = (scene: Parameters<typeof drawBloch>[3]): string | undefined => record(scene).fills.at(-1);
  const diagonal = qubit({ basis: 1, bit: 0 }, { basis: 0, bit: 1 });
  assert.equal(arrow(sceneOf(diagonal, 0)), "amber");
  assert.equal(arrow(sceneOf(diagonal, 1)), "teal");
});

test("a picture without a state has no arrow", () => {
  const arrow = sceneOf(qubit({ basis: 0, bit: 0 }, { basis: 0, bit: 0 }), 1);
  assert.ok(record(NOTHING).fills.length < record(arrow).fills.length);
});
