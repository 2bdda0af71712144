import assert from "node:assert/strict";
import { test } from "node:test";
import { beginningOf } from "./long-text.js";

test("a long text is cut between words, one with many lines between lines, a short one not at all", () => {
  assert.equal(beginningOf("short"), null);
  assert.equal(beginningOf("word ".repeat(300)), null);
  const cut = beginningOf("word ".repeat(400))!;
  assert.ok(cut.endsWith("word") && cut.length <= 1_500);
  assert.equal(beginningOf("a\n".repeat(100)), "a\n".repeat(20).trimEnd());
  assert.equal(beginningOf("x".repeat(9_999))?.length, 1_500);
});
