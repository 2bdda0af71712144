import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { memoryEpochKeys } from "../history/memory-epoch-keys.js";
import { code, collect, destroyAll, member as memberOf, next, together } from "../testing/sessions.js";
import { createMemoryRelay, type MemoryRelay } from "../transport/memory.js";
import type { QsecSessionOptions } from "./options.js";
import type { QsecSession } from "./session.js";

const texts = (messages: readonly { readonly text: string }[]) => messages.map(({ text }) => text);

const member = (relay: MemoryRelay, username: string, options: Partial<QsecSessionOptions> = {}): QsecSession =>
  memberOf(relay, username, { expected: 8, ...options });

/** Leaves, and waits until the others have the epoch without it. */
async function leave(who: QsecSession, rest: QsecSession): Promise<void> {
  const alone = next(rest, "epoch", ({ reason }) => reason === "leave");
  await who.leave();
  await alone;
}

describe("a room with history", () => {
  afterEach(destroyAll);

  it("gives newcomers what was said before, each message once, where its leader shares it", async () => {
    const relay = createMemoryRelay();
    const alice = member(relay, "alice", { history: true, shareHistory: true });
    const bob = member(relay, "bob");
    await together(alice, bob);
    assert.deepEqual([alice.epoch!.history, bob.epoch!.history], [true, true]);
    const heard = next(bob, "message", ({ text }) => text === "mended?");
    const { epoch, seq } = await alice.send("first");
    await alice.chat({ op: "edit", ref: { id: alice.id, epoch, seq }, text: "first, mended" });
    await alice.chat({ op: "typing", on: true });
    await alice.send("mended?");
    await heard;
    const carol = member(relay, "carol");
    const [said, events, caughtUp] = [collect(carol, "message"), collect(carol, "chat"), next(carol, "history")];
    await carol.connect();
    const detail = await caughtUp;
    assert.deepEqual(texts(said), ["first", "mended?"]);
    assert.ok(said.every(({ from, fromHistory, own }) => from === alice.id && fromHistory === true && !own));
    assert.deepEqual(
      events.map(({ event, fromHistory }) => [event.op, fromHistory]),
      [["edit", true]],
      "who typed is not kept",
    );
    assert.deepEqual([detail.messages, detail.gaps, detail.complete], [3, [], true]);
    await new Promise(setImmediate); // that fetch is over
    const again = await carol.fetchHistory();
    assert.deepEqual([again.messages, said.length], [0, 2]);
    const live = next(carol, "message");
    await bob.send("now");
    assert.equal((await live).fromHistory, undefined);
  });

  it("gives newcomers nothing where its leader does not", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice", { history: true }), member(relay, "bob")];
    await together(alice, bob);
    const heard = next(bob, "message");
    await alice.send("among us");
    await heard;
    const carol = member(relay, "carol", { history: true });
    const said = collect(carol, "message");
    await carol.connect();
    await carol.secured();
    const { messages, unreadable } = await carol.fetchHistory();
    assert.deepEqual([messages, unreadable, said.length], [0, 1, 0]);
  });

  it("shows who comes back on the same device what it missed in the epochs it was in, and says what it cannot read", async () => {
    const relay = createMemoryRelay();
    const epochKeys = memoryEpochKeys();
    const [alice, bob] = [member(relay, "alice", { history: true }), member(relay, "bob", { epochKeys })];
    await together(alice, bob, member(relay, "carol"));
    const heard = next(bob, "message", ({ text }) => text === "while you are here");
    await alice.send("while you are here");
    await heard;
    await bob.send("and I");
    await leave(bob, alice);
    await alice.send("while you are away");
    const back = member(relay, "bob", { epochKeys });
    const [said, caughtUp] = [collect(back, "message"), next(back, "history")];
    await back.connect();
    const { unreadable, endedEpochs } = await caughtUp;
    assert.deepEqual(texts(said), ["while you are here", "and I"]);
    assert.equal(unreadable, 1);
    assert.ok(endedEpochs.length >= 1);
  });

  it("is off unless its creator turns it on: the relay is asked to keep nothing, and there is nothing to fetch", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob", { history: true, shareHistory: true })];
    const events: string[] = [];
    relay.onMessage = (_, { event }) => void events.push(event);
    await together(alice, bob);
    const heard = next(bob, "message");
    await alice.send("not kept");
    await heard;
    assert.equal(bob.epoch!.history, false);
    assert.ok(events.includes("group_message") && !events.includes("store_encrypted"));
    await assert.rejects(bob.fetchHistory(), code("bad_state"));
  });

  it("never has the relay keep what members tell each other about the room", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice", { history: true }), member(relay, "bob")];
    const carol = member(relay, "carol");
    const kept: string[] = [];
    relay.onMessage = (_, { event }) => void (event === "store_encrypted" && kept.push(event));
    await together(alice, bob, carol);
    const rotated = next(bob, "rotated");
    await alice.kick(carol.id);
    await rotated;
    await leave(bob, alice);
    assert.deepEqual(kept, []);
  });

  it("forgets on this device when it is told to", async () => {
    const relay = createMemoryRelay();
    const epochKeys = memoryEpochKeys();
    const [alice, bob] = [member(relay, "alice", { history: true }), member(relay, "bob", { epochKeys })];
    await together(alice, bob);
    const heard = next(bob, "message");
    await alice.send("soon forgotten");
    await heard;
    await bob.forgetHistory();
    await leave(bob, alice);
    const back = member(relay, "bob", { epochKeys });
    const said = collect(back, "message");
    await back.connect();
    await back.secured();
    assert.deepEqual([(await back.fetchHistory()).messages, said], [0, []]);
  });

  it("refuses options that are none", () => {
    const relay = createMemoryRelay();
    const wrong = (options: object) => () => member(relay, "alice", options);
    assert.throws(wrong({ history: "yes" }), code("bad_option"));
    assert.throws(wrong({ shareHistory: 1 }), code("bad_option"));
  });
});
