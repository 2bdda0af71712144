import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanEmoji } from "./reactions.js";

test("a reaction of which nothing is seen is none", () => {
  for (const blank of ["", " ", "\u200b\u2066", "\u3164", "\u2800\u115f", "\ufe0f"])
    assert.equal(cleanEmoji(blank), "");
  for (const emoji of ["🎉", "❤\ufe0f", "👩\u200d🚀", "🏴\u{e0067}\u{e0062}\u{e007f}"])
    assert.equal(cleanEmoji(emoji), emoji);
});
