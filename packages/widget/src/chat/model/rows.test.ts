import assert from "node:assert/strict";
import { test } from "node:test";
import { CAROL, epochDetail, messageDetail } from "../../testing/details.js";
import { ChatModel } from "./chat-model.js";
import { rowsOf, type Row } from "./rows.js";
import { finderOf, splitByMatches } from "./search.js";

const NOON = new Date(2026, 5, 1, 12).getTime();
const HOUR = 3_600_000;
const kinds = (rows: readonly Row[]): string[] =>
  rows.map((row) => (row.kind === "entry" ? (row.first ? "first" : row.entry.kind) : row.kind));

function rows(model: ChatModel, start = 0): readonly Row[] {
  return rowsOf(model.entries, start, model.entries.length, model.unreadFrom);
}

test("a group of one sender's messages begins after another sender, a pause, a line of the room, and a new day", () => {
  const model = new ChatModel("me");
  const say = (seq: number, at: number, more = {}) => model.message(messageDetail({ seq, sentAt: at, ...more }), at);
  say(0, NOON);
  say(1, NOON + 60_000);
  say(2, NOON + HOUR);
  say(0, NOON + HOUR, { from: CAROL.id });
  model.epoch(epochDetail(), NOON + HOUR);
  say(1, NOON + HOUR, { from: CAROL.id });
  say(2, NOON + 24 * HOUR, { from: CAROL.id });
  assert.deepEqual(kinds(rows(model)), ["day", "first", "message", "first", "first", "epoch", "first", "day", "first"]);
});

test("a clock that is behind brings no line for a day before", () => {
  const model = new ChatModel("me");
  model.message(messageDetail({ seq: 0, sentAt: NOON }), NOON);
  model.message(messageDetail({ seq: 1, sentAt: 0 }), NOON);
  model.message(messageDetail({ seq: 2, sentAt: NOON }), NOON);
  assert.equal(kinds(rows(model)).filter((kind) => kind === "day").length, 1);
});

test("the divider stands in front of the first unread message, which shows its sender's name", () => {
  const model = new ChatModel("me");
  model.message(messageDetail({ seq: 0, sentAt: NOON }), NOON);
  model.reading(false);
  model.message(messageDetail({ seq: 1, sentAt: NOON }), NOON);
  assert.deepEqual(kinds(rows(model)), ["day", "first", "unread", "first"]);
});

test("a part of the list has the rows that the whole list has there", () => {
  const model = new ChatModel("me");
  for (let seq = 0; seq < 20; seq++)
    model.message(messageDetail({ seq, sentAt: NOON + seq * HOUR }), NOON + seq * HOUR);
  const whole = rows(model).map(({ id }) => id);
  assert.deepEqual(
    rows(model, 7).map(({ id }) => id),
    whole.slice(-rows(model, 7).length),
  );
});

test("the search finds a text as it is, without regard to case, in texts, file names and names", () => {
  const model = new ChatModel("me");
  model.message(messageDetail({ seq: 0, text: "What (exactly)? A.B" }), 0);
  model.message(messageDetail({ seq: 1, text: "AxB" }), 0);
  const find = (query: string) => model.search(finderOf(query)!).length;
  assert.deepEqual(["a.b", "(EXACTLY)", "bob", "[", "axb"].map(find), [1, 1, 2, 0, 1]);
  assert.equal(finderOf("  "), null);
  assert.deepEqual(splitByMatches("one Two one", finderOf("ONE")), ["", "one", " Two ", "one", ""]);
});
