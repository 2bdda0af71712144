import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageRef } from "@qsec2/sdk";
import { BOB, CAROL, chatDetail, epochDetail, fileManifest, messageDetail } from "../../testing/details.js";
import { ChatModel } from "./chat-model.js";
import type { MessageEntry } from "./entries.js";
import { chipsOf } from "./reactions.js";

const ME = "my-id";
const own = (more: Parameters<typeof messageDetail>[0] = {}) =>
  messageDetail({ from: ME, fromName: "alice", own: true, ...more });
const ref = (seq: number, id: string = BOB.id): MessageRef => ({ id, epoch: 2, seq });
const messages = (model: ChatModel): MessageEntry[] => model.entries.filter((entry) => entry.kind === "message");
const texts = (model: ChatModel): string[] => messages(model).map(({ text }) => text);
const only = (model: ChatModel): MessageEntry => messages(model)[0];

test("messages stand in the order in which they came, and one that comes twice stands once", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail({ seq: 1, text: "first" }), 0);
  model.message(messageDetail({ seq: 0, text: "second" }), 0);
  assert.equal(model.message(messageDetail({ seq: 1, text: "first" }), 0), null);
  assert.deepEqual(texts(model), ["first", "second"]);
});

test("two messages under one reference, of a room that began anew, are told apart by their time", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail({ text: "of before", sentAt: 1 }), 5);
  model.message(messageDetail({ text: "of now", sentAt: 2 }), 5);
  assert.deepEqual(texts(model), ["of before", "of now"]);
  assert.equal(model.find(ref(0))?.text, "of now");
});

test("what is sent waits behind all else and keeps its id when the relay has taken it", () => {
  const model = new ChatModel(ME);
  const id = model.wait({ text: "mine" }, "alice", 0);
  model.message(messageDetail({ text: "theirs" }), 0);
  assert.deepEqual(texts(model), ["theirs", "mine"]);
  assert.equal(model.waiting(id)?.mark, "sending");
  model.message(own({ text: "mine" }), 0);
  assert.deepEqual(
    messages(model).map((entry) => [entry.text, entry.mark]),
    [
      ["theirs", null],
      ["mine", "sent"],
    ],
  );
  assert.equal(messages(model)[1].id, id);
  assert.equal(model.waiting(id), undefined);
});

test("a message that waits is not taken for another with the same text that answers something else", () => {
  const model = new ChatModel(ME);
  const plain = model.wait({ text: "yes" }, "alice", 0);
  const reply = model.wait({ text: "yes", replyTo: ref(0) }, "alice", 0);
  model.message(own({ text: "yes", replyTo: ref(0) }), 0);
  assert.equal(model.waiting(reply), undefined);
  assert.equal(model.waiting(plain)?.mark, "sending");
});

test("a file that is sent keeps what its preview is made of, and a failed one can be tried again or dropped", () => {
  const model = new ChatModel(ME);
  const local = { content: new Blob(["hello"]), name: "../notes.txt", mime: "text/plain" };
  const id = model.wait({ local }, "alice", 0);
  model.update(id, { progress: { done: 1, total: 2 } });
  assert.deepEqual(only(model).progress, { done: 1, total: 2 });
  model.update(id, { mark: "failed", failure: { text: "The relay is full.", lasting: false } });
  model.message(own({ text: "", seq: 1, file: fileManifest() }), 0);
  assert.equal(model.waiting(id)?.mark, "failed", "a failed file is not taken for one that was sent elsewhere");
  model.update(id, { mark: "sending", failure: null });
  model.message(own({ text: "", seq: 2, file: fileManifest() }), 0);
  assert.equal(messages(model)[1].local, local);
  const other = model.wait({ local }, "alice", 0);
  model.drop(other);
  assert.equal(messages(model).length, 2);
});

test("an edit and a deletion by the author change a message; by anybody else they change nothing", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail({ text: "helo" }), 0);
  for (const op of [
    { op: "edit", ref: ref(0), text: "forged" },
    { op: "delete", ref: ref(0) },
  ] as const)
    assert.equal(model.event(chatDetail(op, { from: CAROL.id, seq: 1 }), 0), false);
  assert.equal(only(model).text, "helo");
  model.event(chatDetail({ op: "edit", ref: ref(0), text: "hello" }, { seq: 2 }), 0);
  model.event(chatDetail({ op: "edit", ref: ref(0), text: "earlier, come late" }, { seq: 1 }), 0);
  assert.deepEqual([only(model).text, only(model).edited], ["hello", true]);
  model.event(chatDetail({ op: "react", ref: ref(0), emoji: "👍" }, { from: CAROL.id, seq: 2 }), 0);
  model.event(chatDetail({ op: "delete", ref: ref(0) }, { seq: 3 }), 0);
  assert.deepEqual([only(model).text, only(model).deleted, only(model).reactions.length], ["", true, 0]);
  model.event(chatDetail({ op: "edit", ref: ref(0), text: "back again" }, { seq: 4 }), 0);
  assert.equal(only(model).text, "");
});

test("a file is deleted whole and cannot be edited", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail({ text: "", file: fileManifest() }), 0);
  assert.equal(model.event(chatDetail({ op: "edit", ref: ref(0), text: "a text" }, { seq: 1 }), 0), false);
  model.event(chatDetail({ op: "delete", ref: ref(0) }, { seq: 2 }), 0);
  assert.equal(only(model).file, null);
});

test("each member has one reaction to a message, and what cannot be seen is none", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail(), 0);
  const react = (emoji: string, seq: number, from = BOB as { id: string; name: string }) =>
    model.event(chatDetail({ op: "react", ref: ref(0), emoji }, { from: from.id, fromName: from.name, seq }), 0);
  const shown = () => chipsOf(only(model).reactions).map(({ emoji, names }) => `${emoji} ${names.join()}`);
  react("👍", 1);
  react("🎉", 2, CAROL);
  react("🎉", 3);
  react("👍", 1);
  assert.deepEqual(shown(), ["🎉 bob,carol"]);
  react("", 4);
  react("\u202e\u200b", 5, CAROL);
  assert.deepEqual(shown(), []);
  react("\u202e👩‍🚀", 6);
  assert.deepEqual(shown(), ["👩‍🚀 bob"]);
});

test("own messages are sent, then delivered to all, then read, one receipt for all before it", () => {
  const model = new ChatModel(ME);
  for (let seq = 0; seq < 3; seq++) model.message(own({ seq }), 0);
  const marks = () => messages(model).map(({ mark }) => mark);
  model.delivered({ epoch: 2, seq: 2 });
  assert.deepEqual(marks(), ["sent", "sent", "delivered"]);
  const receipt = (seq: number) => chatDetail({ op: "receipt", ref: ref(seq, ME), state: "read" }, { seq: 9 });
  model.event(receipt(1), 0);
  assert.deepEqual(marks(), ["read", "read", "delivered"]);
  assert.equal(model.event(receipt(1), 0), false);
  assert.equal(model.event(receipt(7), 0), false, "what was never sent cannot be read");
  model.delivered({ epoch: 2, seq: 0 });
  assert.deepEqual(marks(), ["read", "read", "delivered"]);
  assert.deepEqual(only(model).readBy, [BOB]);
});

test("what comes while nobody reads is counted, divided off, and answered by one receipt for each sender", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail({ seq: 0 }), 0);
  assert.deepEqual(model.takeReceipts(), [ref(0)]);
  model.reading(false);
  const first = model.message(messageDetail({ seq: 1 }), 0)!;
  model.message(messageDetail({ seq: 2 }), 0);
  model.message(messageDetail({ from: CAROL.id, seq: 0 }), 0);
  assert.deepEqual([model.unread, model.unreadFrom], [3, first.id]);
  assert.deepEqual(model.takeReceipts(), []);
  model.reading(true);
  assert.deepEqual([model.unread, model.unreadFrom], [0, first.id]);
  assert.deepEqual(model.takeReceipts(), [ref(2), ref(0, CAROL.id)]);
  assert.deepEqual(model.takeReceipts(), []);
  model.wait({ text: "read it" }, "alice", 0);
  assert.equal(model.unreadFrom, null);
});

test("a message goes away when its time is over, and what goes is not shown again", () => {
  const model = new ChatModel(ME);
  model.message(messageDetail({ seq: 0, text: "stays" }), 0);
  model.event(chatDetail({ op: "expire", seconds: 60 }, { seq: 1 }), 0);
  model.message(messageDetail({ seq: 2, text: "goes" }), 1_000);
  assert.equal(model.nextChange, 61_000);
  assert.equal(model.expire(60_999), false);
  assert.equal(model.expire(61_000), true);
  assert.deepEqual(texts(model), ["stays"]);
  assert.equal(model.nextChange, null);
  assert.equal(model.message(messageDetail({ seq: 2, text: "goes" }), 62_000), null);
  assert.equal(model.find(ref(2)), undefined);
});

test("the setting is told once, and one message can be given a time of its own by its author alone", () => {
  const model = new ChatModel(ME);
  const set = (seconds: number) => model.event(chatDetail({ op: "expire", seconds }), 0);
  assert.deepEqual([set(60), set(60), set(0)], [true, false, true]);
  assert.deepEqual(
    model.entries.map((entry) => entry.kind === "lifetime" && entry.seconds),
    [60, 0],
  );
  model.message(messageDetail({ seq: 5 }), 0);
  const limit = { op: "expire", ref: ref(5), seconds: 5 } as const;
  assert.equal(model.event(chatDetail(limit, { from: CAROL.id, seq: 6 }), 0), false);
  assert.equal(model.event(chatDetail(limit, { seq: 6 }), 0), true);
  assert.equal(model.expire(5_000), true);
});

test("who types is told until they write, leave, or fall silent", () => {
  const model = new ChatModel(ME);
  const type = (person: { id: string; name: string }, now: number) =>
    model.event(chatDetail({ op: "typing", on: true }, { from: person.id, fromName: person.name }), now);
  type(BOB, 0);
  type(CAROL, 1_000);
  assert.deepEqual(model.typing(1_000), ["bob", "carol"]);
  model.message(messageDetail(), 1_500);
  assert.deepEqual(model.typing(1_500), ["carol"]);
  type(BOB, 1_600);
  model.epoch(epochDetail({ reason: "leave", left: [CAROL] }), 1_700);
  assert.deepEqual(model.typing(1_700), ["bob"]);
  assert.deepEqual(model.typing(model.nextChange!), []);
});

test("times of a sender whose clock is wrong are neither in the future nor before 1970", () => {
  const model = new ChatModel(ME);
  for (const [seq, sentAt] of [Number.MAX_SAFE_INTEGER, -1, 5_000].entries())
    model.message(messageDetail({ seq, sentAt }), 1_000_000);
  assert.deepEqual(
    messages(model).map(({ at }) => at),
    [1_000_000, 0, 5_000],
  );
});

test("messages that are missing after a fetch are told once", () => {
  const model = new ChatModel(ME);
  const gap = { from: BOB.id, fromName: BOB.name, epoch: 1, missing: 2 };
  const fetched = { messages: 3, unreadable: 0, refused: 0, gaps: [gap, gap], endedEpochs: [], complete: true };
  assert.deepEqual([model.history(fetched, 0), model.history(fetched, 0)], [true, false]);
  assert.deepEqual(
    model.entries.map((entry) => entry.kind === "gap" && entry.missing),
    [4],
  );
});
