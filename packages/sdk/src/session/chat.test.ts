import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { MessageDetail } from "../room/events.js";
import { collect, destroyAll, member, next, together } from "../testing/sessions.js";
import { rejectsCode } from "../testing/throws.js";
import { createMemoryRelay } from "../transport/memory.js";

describe("a conversation", () => {
  afterEach(destroyAll);

  it("carries reactions, edits, deletions, receipts and expiry to everybody, and shows them to who made them", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const [seen, own] = [collect(bob, "chat"), collect(alice, "chat")];
    const { epoch, seq } = await alice.send("first");
    const ref = { id: alice.id, epoch, seq };
    await alice.chat({ op: "react", ref, emoji: "👍" });
    await alice.chat({ op: "edit", ref, text: "first, mended" });
    await alice.chat({ op: "expire", seconds: 60 });
    await alice.chat({ op: "receipt", ref, state: "read" });
    const last = next(bob, "chat", ({ event }) => event.op === "delete");
    await alice.chat({ op: "delete", ref });
    await last;
    const operations = ["react", "edit", "expire", "receipt", "delete"];
    assert.deepEqual(
      seen.map(({ event }) => event.op),
      operations,
    );
    assert.deepEqual(
      own.map(({ event }) => event.op),
      operations,
    );
    assert.deepEqual(seen[1].event, { op: "edit", ref, text: "first, mended" });
    assert.ok(seen.every(({ from, own: mine }) => from === alice.id && !mine));
  });

  it("shows a reply as a message that points to another", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const question = next(bob, "message");
    const { epoch, seq } = await alice.send("a question");
    await question;
    const answer = next(alice, "message", ({ own }) => !own);
    const replyTo = { id: alice.id, epoch, seq };
    await bob.send("an answer", { replyTo });
    assert.deepEqual([(await answer).text, (await answer).replyTo], ["an answer", replyTo]);
  });

  it("points to messages as their event gave them, and refuses by name what is none", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const came = next(bob, "message");
    const sent = await alice.send("a question");
    const question = await came;
    const ref = { id: alice.id, epoch: sent.epoch, seq: sent.seq };
    const answer = next(alice, "message", ({ own }) => !own);
    assert.deepEqual((await bob.send("an answer", { replyTo: question })).replyTo, ref);
    assert.deepEqual((await answer).replyTo, ref);

    const [seen, own] = [collect(bob, "chat"), collect(alice, "chat")];
    const last = next(bob, "chat", ({ event }) => event.op === "delete");
    await alice.chat({ op: "react", ref: await answer, emoji: "👍" });
    await alice.chat({ op: "edit", ref: sent, text: "a better question" });
    await alice.chat({ op: "delete", ref: sent });
    await last;
    const events = [
      { op: "react", ref: { id: bob.id, epoch: (await answer).epoch, seq: (await answer).seq }, emoji: "👍" },
      { op: "edit", ref, text: "a better question" },
      { op: "delete", ref },
    ];
    for (const list of [seen, own])
      assert.deepEqual(
        list.map(({ event }) => event),
        events,
      );
    await rejectsCode("NOT_OWN", bob.chat({ op: "edit", ref: question, text: "another" }));

    for (const none of [null, "message", {}, { from: bob.id }, { from: "bob", epoch: 1, seq: 0 }]) {
      const wrong = none as unknown as MessageDetail;
      await assert.rejects(bob.send("text", { replyTo: wrong }), { code: "bad_option", message: /^'replyTo' must be/ });
      await assert.rejects(bob.chat({ op: "delete", ref: wrong }), { code: "bad_option", message: /^'ref' must be/ });
    }
  });

  it("says that somebody types at most every three seconds", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const seen = collect(bob, "chat");
    for (let i = 0; i < 5; i++) await alice.chat({ op: "typing", on: true });
    const text = next(bob, "message");
    await alice.send("done");
    await text;
    assert.equal(seen.length, 1);
  });

  it("refuses to change the messages of others, and lets only the leader set when messages expire", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const { epoch, seq } = await alice.send("mine");
    await rejectsCode("NOT_OWN", bob.chat({ op: "delete", ref: { id: alice.id, epoch, seq } }));
    await rejectsCode("not_leader", bob.chat({ op: "expire", seconds: 1 }));
    await rejectsCode("bad_option", bob.chat({ op: "expire", seconds: -1 }));
  });

  it("tells a sender when everybody has a message", async () => {
    const relay = createMemoryRelay();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => member(relay, name, { expected: 3 }));
    await together(alice, bob, carol);
    const delivered = next(bob, "delivered");
    const { epoch, seq } = await bob.send("to all");
    assert.deepEqual(await delivered, { epoch, seq });
  });

  it("goes on at another handle of the relay after a removal with metadata: minimal", async () => {
    const relay = createMemoryRelay();
    const rooms = new Set<string>();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) =>
      member(relay, name, { expected: 3, metadata: "minimal" }),
    );
    await together(alice, bob, carol);
    rooms.add(alice.inviteLink("https://chat.example"));
    const moved = Promise.all([next(alice, "rotated"), next(bob, "rotated")]);
    const removed: { by?: string; link?: string } = {};
    carol.addEventListener("removed", ({ detail: { by } }) => {
      Object.assign(removed, { by: by.name, link: carol.inviteLink("https://chat.example") });
    });
    await alice.kick(carol.id);
    await moved;
    rooms.add(alice.inviteLink("https://chat.example"));
    assert.equal(rooms.size, 2);
    assert.equal(alice.inviteLink("https://chat.example"), bob.inviteLink("https://chat.example"));
    const heard = next(alice, "message", ({ own }) => !own);
    await bob.secured();
    await bob.send("still here");
    assert.equal((await heard).text, "still here");
    assert.equal(removed.by, "alice");
    assert.ok(rooms.has(removed.link!));
    assert.notEqual(removed.link, bob.inviteLink("https://chat.example"));
    assert.equal(carol.state, "closed");
    assert.throws(() => carol.inviteLink("https://chat.example"), { code: "destroyed" });
  });
});
