import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanEmoji, withReaction, type Reaction } from "./reactions.js";

test("a reaction of which nothing is seen is none", () => {
  for (const blank of ["", " ", "\u200b\u2066", "\u3164", "\u2800\u115f", "\ufe0f"])
    assert.equal(cleanEmoji(blank), "");
  for (const emoji of ["🎉", "❤\ufe0f", "👩\u200d🚀", "🏴\u{e0067}\u{e0062}\u{e007f}"])
    assert.equal(cleanEmoji(emoji), emoji);
});

test("a message bears no more reactions than a room can have members: the newest", () => {
  let reactions: readonly Reaction[] = [];
  for (let i = 0; i < 1_000; i++)
    reactions = withReaction(reactions, { from: `${i}`, name: `n${i}`, own: false, emoji: "🎉", epoch: 1, seq: 0 });
  assert.deepEqual([reactions.length, reactions[0].from, reactions[63].from], [64, "936", "999"]);
});
