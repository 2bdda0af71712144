import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ChatDetail, MessageDetail } from "@qsec2/sdk";
import { chatDetail, messageDetail } from "../../testing/details.js";
import { ChatModel } from "./chat-model.js";
import type { MessageEntry } from "./entries.js";

const ASKED = process.env["QSEC2_PROPERTY_RUNS"];
/** The usual runs are the same each time, so that a red build is red for everybody. */
const RUNS = ASKED === undefined ? { numRuns: 100, seed: 20_261_126 } : { numRuns: Number(ASKED) };
const ME = "alice";
const MEMBERS = [ME, "bob", "carol"];

type Step = { readonly message: MessageDetail } | { readonly chat: ChatDetail };

/** What one member does, in the order of its chain: it points to any message, its own or another's, there or not yet. */
const stepOf = fc.record({
  by: fc.constantFrom(...MEMBERS),
  does: fc.constantFrom("message", "react", "edit", "delete", "receipt", "limit"),
  to: fc.record({ id: fc.constantFrom(...MEMBERS), seq: fc.nat({ max: 8 }) }),
  text: fc.string({ maxLength: 4 }),
});
const steps = fc.array(stepOf, { maxLength: 40 }).map((made) => {
  const counts = new Map<string, number>();
  return made.map(({ by, does, to, text }): Step => {
    const seq = counts.get(by) ?? 0;
    counts.set(by, seq + 1);
    const said = { from: by, fromName: by, own: by === ME, epoch: 1, seq, sentAt: seq };
    const ref = { ...to, epoch: 1 };
    if (does === "message") return { message: messageDetail({ ...said, text }) };
    if (does === "react") return { chat: chatDetail({ op: "react", ref, emoji: text }, said) };
    if (does === "edit") return { chat: chatDetail({ op: "edit", ref, text }, said) };
    if (does === "delete") return { chat: chatDetail({ op: "delete", ref }, said) };
    if (does === "receipt") return { chat: chatDetail({ op: "receipt", ref, state: "read" }, said) };
    return { chat: chatDetail({ op: "expire", ref, seconds: 0 }, said) };
  });
});

/** A reaction that overtakes its message is lost the first time, and only then: it is no part of what is repeated. */
function withoutPointingAhead(all: readonly Step[]): readonly Step[] {
  const said = new Set<string>();
  return all.filter((step) => {
    if ("message" in step) return said.add(`${step.message.from}/${step.message.seq}`);
    const { event } = step.chat;
    return "ref" in event && event.ref !== undefined && said.has(`${event.ref.id}/${event.ref.seq}`);
  });
}

function play(model: ChatModel, all: readonly Step[]): ChatModel {
  for (const step of all) {
    if ("message" in step) model.message(step.message, 1_000);
    else model.event(step.chat, 1_000);
  }
  return model;
}

const messages = (model: ChatModel): MessageEntry[] => model.entries.filter((entry) => entry.kind === "message");

test("ids are unique and orders rise, whatever the members do", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { entries } = play(new ChatModel(ME), all);
      assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
      for (let i = 1; i < entries.length; i++) assert.ok(entries[i].order > entries[i - 1].order);
    }),
    RUNS,
  );
});

test("everything told a second time changes nothing", () => {
  fc.assert(
    fc.property(steps.map(withoutPointingAhead), (all) => {
      const model = play(new ChatModel(ME), all);
      const before = [...model.entries];
      play(model, all);
      assert.deepEqual([...model.entries], before);
    }),
    RUNS,
  );
});

test("a text is what its author last made of it, and is gone when its author deleted it, whoever else tried", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const expected = new Map<string, string>();
      const key = (id: string, seq: number) => `${id}/${seq}`;
      const dead = new Set<string>();
      for (const step of all) {
        if ("message" in step) expected.set(key(step.message.from, step.message.seq), step.message.text);
        else if (step.chat.event.op === "edit" || step.chat.event.op === "delete") {
          const { event, from } = step.chat;
          const at = key(event.ref.id, event.ref.seq);
          if (from !== event.ref.id || !expected.has(at) || dead.has(at)) continue;
          if (event.op === "delete") dead.add(at);
          expected.set(at, event.op === "edit" ? event.text : "");
        }
      }
      const shown = messages(play(new ChatModel(ME), all)).map(
        ({ ref, text }) => [key(ref!.id, ref!.seq), text] as const,
      );
      assert.deepEqual(new Map(shown), expected);
    }),
    RUNS,
  );
});

test("the marks of own messages never go back along the list", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const own = messages(play(new ChatModel(ME), all)).filter((entry) => entry.own);
      const read = own.map(({ mark, readBy }) => ({ mark, count: readBy.length }));
      for (let i = 1; i < read.length; i++) assert.ok(read[i - 1].count >= read[i].count);
      for (const { mark, count } of read) assert.equal(mark, count > 0 ? "read" : "sent");
    }),
    RUNS,
  );
});

test("what waits stays behind everything and is settled once, in any mixture with what others say", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("wait", "settle", "other"), { maxLength: 30 }), (all) => {
      const model = new ChatModel(ME);
      let [sent, taken, theirs] = [0, 0, 0];
      for (const step of all) {
        if (step === "wait") model.wait({ text: `${sent++}` }, ME, 0);
        else if (step === "other") model.message(messageDetail({ seq: theirs++ }), 0);
        else if (taken < sent) model.message(messageDetail({ from: ME, own: true, seq: taken, text: `${taken++}` }), 0);
      }
      const list = messages(model);
      assert.equal(list.length, sent + theirs);
      assert.deepEqual(
        list.slice(list.length - (sent - taken)).map(({ text }) => text),
        Array.from({ length: sent - taken }, (_, i) => `${taken + i}`),
      );
      assert.equal(list.filter(({ mark }) => mark === "sending").length, sent - taken);
    }),
    RUNS,
  );
});
