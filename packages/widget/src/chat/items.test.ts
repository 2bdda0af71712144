import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../locale/en.js";
import { BOB, CAROL, epochDetail, messageDetail } from "../testing/details.js";
import { appendEpoch, appendMessage, epochLine, type Item } from "./items.js";

const words = { ...en, language: "en" };
const firsts = (items: readonly Item[]): (boolean | null)[] =>
  items.map((item) => (item.kind === "message" ? item.first : null));

test("messages of one sender in a row are one group; another sender, a pause or a line of the room starts a new one", () => {
  let items: readonly Item[] = [];
  items = appendMessage(items, messageDetail({ seq: 0 }));
  items = appendMessage(items, messageDetail({ seq: 1, sentAt: 60_000 }));
  items = appendMessage(items, messageDetail({ seq: 2, sentAt: 60 * 60_000 }));
  items = appendMessage(items, messageDetail({ from: CAROL.id, sentAt: 60 * 60_000 }));
  items = appendEpoch(items, epochDetail(), "me", null, words);
  items = appendMessage(items, messageDetail({ from: CAROL.id, seq: 1, sentAt: 60 * 60_000 }));
  assert.deepEqual(firsts(items), [true, false, true, true, null, true]);
});

test("every row has an id of its own", () => {
  let items: readonly Item[] = [];
  for (let i = 0; i < 4; i++)
    items = appendEpoch(appendMessage(items, messageDetail({ seq: i })), epochDetail(), "me", null, words);
  assert.equal(new Set(items.map(({ id }) => id)).size, 8);
});

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
