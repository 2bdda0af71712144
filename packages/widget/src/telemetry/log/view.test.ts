import assert from "node:assert/strict";
import { test } from "node:test";
import { append, EMPTY_LOG, LOG_MAX, type Log } from "./entries.js";
import { asJsonLines, asText, newSince, rowsOf } from "./view.js";

const log: Log = append(
  EMPTY_LOG,
  [
    { level: "info", tag: "BB84", text: "bob 1/6 generate" },
    { level: "bad", tag: "BB84 ABORT", text: "bob QBER · QBER 25.0%" },
    { level: "info", tag: "SENT", text: "alice epoch 2 seq 7" },
    { level: "info", tag: "RELAY", text: "relay says [USER_JOIN]" },
    { level: "warn", tag: "VERIFY", text: 'compare with "carol"\nnow' },
  ],
  Date.UTC(2026, 0, 2, 3, 4, 5),
);
const tags = (...view: [Parameters<typeof rowsOf>[1], string]): string[] => rowsOf(log, ...view).map(({ tag }) => tag);

test("a filter shows rows of its kind, and a search those that have all its words", () => {
  assert.deepEqual(tags("exchange", ""), ["BB84", "BB84 ABORT"]);
  assert.deepEqual(tags("messages", ""), ["SENT"]);
  assert.deepEqual(tags("relay", ""), ["RELAY"]);
  assert.deepEqual(tags("problems", ""), ["BB84 ABORT", "VERIFY"]);
  assert.deepEqual(tags("all", "  QBER bob "), ["BB84 ABORT"]);
  assert.deepEqual(tags("problems", "sent"), []);
  assert.equal(rowsOf(log, "all", " "), log.entries);
});

test("what is searched for is text, not a pattern", () => {
  assert.deepEqual(tags("all", "[USER"), ["RELAY"]);
  assert.deepEqual(tags("all", ".*"), []);
});

test("a paused log counts what has come since, also what was dropped meanwhile", () => {
  let later = log;
  for (let i = 0; i < LOG_MAX + 7; i++) later = append(later, [{ level: "info", tag: "T", text: "" }], 0);
  assert.equal(newSince(log, later), LOG_MAX + 7);
  assert.equal(newSince(log, log), 0);
});

test("an export is one JSON object a line, whatever stands in the text", () => {
  const lines = asJsonLines(log.entries).trimEnd().split("\n");
  assert.equal(lines.length, 5);
  assert.deepEqual(JSON.parse(lines[4]), {
    at: "2026-01-02T03:04:05.000Z",
    level: "warn",
    tag: "VERIFY",
    text: 'compare with "carol"\nnow',
  });
  assert.equal(asText(log.entries).split("\n")[0], "2026-01-02T03:04:05.000Z [BB84] bob 1/6 generate");
});
