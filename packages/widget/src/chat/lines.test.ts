import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../locale/en.js";
import { BOB, CAROL, epochDetail } from "../testing/details.js";
import { dayLine, epochLine, lengthOfTime, nameOf } from "./lines.js";

const words = { ...en, language: "en" };

test("a new epoch says who came and went, who leads, and its number", () => {
  assert.equal(
    epochLine(epochDetail({ joined: [BOB, CAROL] }), "me", null, words),
    "bob and carol joined · New room key, epoch 2",
  );
  assert.equal(
    epochLine(epochDetail({ reason: "leave", left: [CAROL], number: 3 }), "me", BOB.id, words),
    "carol left · New room key, epoch 3",
  );
  assert.equal(
    epochLine(epochDetail({ reason: "failover", left: [CAROL] }), "me", CAROL.id, words),
    "carol left · bob leads now · The leader was gone · New room key, epoch 2",
  );
});

test("one's own joining is not told", () => {
  assert.equal(
    epochLine(epochDetail({ joined: [{ id: "me", name: "alice" }] }), "me", null, words),
    "New room key, epoch 2",
  );
});

test("who is called You is not taken for oneself", () => {
  const called = (name: string, own = false) => nameOf({ own, from: { id: "x", name } }, words.chat);
  assert.deepEqual([called("alice", true), called("alice"), called("yOu")], ["You", "alice", "“yOu”"]);
  const detail = epochDetail({ joined: [{ id: "x", name: "you" }] });
  assert.equal(epochLine(detail, "me", null, words), "\u2068“you”\u2069 joined · New room key, epoch 2");
});

test("today and yesterday go by their names, other days by their date", () => {
  const noon = new Date(2026, 5, 10, 12).getTime();
  const ago = (days: number) => dayLine(noon - days * 86_400_000, noon, words);
  assert.deepEqual([ago(0), ago(1), ago(2)], ["Today", "Yesterday", "June 8, 2026"]);
});

test("a length of time is told in the largest unit that fits", () => {
  assert.deepEqual(
    [1, 300, 3_600, 86_400, 604_800, 90].map((seconds) => lengthOfTime(seconds, "en")),
    ["1 second", "5 minutes", "1 hour", "1 day", "1 week", "90 seconds"],
  );
});
