import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, integer, list, percent } from "./format.js";

test("a share is shown in percent with one decimal, as the language writes it", () => {
  assert.equal(percent(0.254, "en"), "25.4%");
  assert.equal(percent(0, "en"), "0.0%");
  assert.equal(percent(0.254, "de"), "25,4\u00a0%");
});

test("a length of time has hours only when there are any, and is never negative", () => {
  assert.equal(duration(0), "0:00");
  assert.equal(duration(65_900), "1:05");
  assert.equal(duration(3_600_000), "1:00:00");
  assert.equal(duration(-5_000), "0:00");
});

test("numbers are grouped and names joined in the language's way", () => {
  assert.equal(integer(4096, "en"), "4,096");
  assert.equal(list(["bob", "carol", "dan"], "en"), "bob, carol, and dan");
  assert.equal(list(["bob", "carol"], "de"), "bob und carol");
  assert.equal(list(["אבג", "carol"], "de"), "\u2068אבג\u2069 und carol");
});
