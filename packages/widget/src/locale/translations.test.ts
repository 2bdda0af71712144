import assert from "node:assert/strict";
import { test } from "node:test";
import { ar } from "./ar.js";
import { de } from "./de.js";
import { en } from "./en.js";
import { registerTranslation, wordsFor } from "./registry.js";

/** Every word with its path; for a function how many values it takes. */
function shapeOf(words: object, path = ""): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(words).map(([key, value]: [string, unknown]) => {
      const here = `${path}${key}`;
      if (typeof value === "object" && value !== null) return shapeOf(value, `${here}.`);
      return { [here]: typeof value === "function" ? `takes ${value.length}` : "text" };
    }),
  ) as Record<string, string>;
}

/** Every text that a translation can show, with values that stand out. */
function textsOf(words: object): string[] {
  return Object.values(words).flatMap((value: unknown) => {
    if (typeof value === "function") return [String((value as (...args: unknown[]) => unknown)("VALUE", 7, 9))];
    return typeof value === "object" && value !== null ? textsOf(value) : [String(value)];
  });
}

for (const [language, translation] of Object.entries({ ar, de })) {
  test(`${language} has every word of English, with the same values to fill in, and no other`, () => {
    assert.deepEqual(shapeOf(translation), shapeOf(en));
  });
}

test("Arabic is written in Arabic: what is left in Latin letters is a name, a value or a term", () => {
  for (const text of textsOf(ar).filter((text) => /[A-Za-z]{3}/.test(text)))
    assert.match(text, /[\u0600-\u06ff]|VALUE|ML-KEM|^(ar|rtl)$/, text);
});

test("what a translation leaves out is English, and a region takes the words of its language", () => {
  registerTranslation("eo", { room: { leave: "Forlasi" } });
  assert.equal(wordsFor("eo").room.leave, "Forlasi");
  assert.equal(wordsFor("eo").room.cancel, en.room.cancel);
  assert.equal(wordsFor("eo-XX").room.leave, "Forlasi");
  assert.equal(wordsFor("eo").language, "eo");
  assert.equal(wordsFor("xx"), en);
});

test("words that have to be fetched are English until they are there", async () => {
  let fetch!: (words: { readonly room: { readonly leave: string } }) => void;
  registerTranslation("fy", () => new Promise((resolve) => (fetch = resolve)));
  assert.equal(wordsFor("fy"), en);
  fetch({ room: { leave: "Fuortgean" } });
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(wordsFor("fy").room.leave, "Fuortgean");
});

test("a translation that comes too late does not replace one that was registered meanwhile", async () => {
  let fetch!: (words: { readonly room: { readonly leave: string } }) => void;
  registerTranslation("nl", () => new Promise((resolve) => (fetch = resolve)));
  wordsFor("nl");
  registerTranslation("nl", { room: { leave: "Verlaten" } });
  fetch({ room: { leave: "Oud" } });
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(wordsFor("nl").room.leave, "Verlaten");
});
