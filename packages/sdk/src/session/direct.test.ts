import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { code, collect, destroyAll, member, together } from "../testing/sessions.js";
import { createMemoryRelay } from "../transport/memory.js";
import { KIND } from "../wire/kinds.js";

afterEach(destroyAll);

describe("a session's private messages", () => {
  it("reach one member as texts or bytes, and nobody else", async () => {
    const relay = createMemoryRelay();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => member(relay, name, { expected: 3 }));
    const [atAlice, atCarol] = [collect(alice, "direct"), collect(carol, "direct")];
    const atBob = collect(bob, "direct");
    await together(alice, bob, carol);
    const said = await bob.sendDirect(carol.id, "only for carol");
    assert.deepEqual(said, {
      peer: { id: carol.id, name: "carol" },
      own: true,
      text: "only for carol",
      sentAt: said.sentAt,
    });
    const { sentAt } = await carol.sendDirect(bob.id, Uint8Array.of(1, 2, 3));
    const fromBob = { peer: { id: bob.id, name: "bob" }, own: false, text: "only for carol", sentAt: said.sentAt };
    assert.deepEqual(atCarol[0], fromBob);
    const fromCarol = { peer: { id: carol.id, name: "carol" }, own: false, data: Uint8Array.of(1, 2, 3), sentAt };
    assert.deepEqual(atBob, [said, fromCarol]);
    assert.deepEqual(atAlice, []);
    assert.deepEqual(alice.state, "secured");
  });

  it("keep their names apart when several are written in one millisecond", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    const atBob = collect(bob, "direct");
    await together(alice, bob);
    const texts = Array.from({ length: 20 }, (_, i) => `number ${i}`);
    const said = await Promise.all(texts.map((text) => alice.sendDirect(bob.id, text)));
    assert.equal(new Set(said.map(({ sentAt }) => sentAt)).size, 20);
    assert.deepEqual(
      atBob.map(({ text }) => text),
      texts,
    );
  });

  it("are refused with a code where nobody can get them, and end with the session", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await alice.connect();
    await assert.rejects(alice.sendDirect(bob.id, "x"), code("not_secured"));
    await bob.connect();
    await Promise.all([alice.secured(), bob.secured()]);
    await assert.rejects(alice.sendDirect("nobody", "x"), code("unknown_peer"));
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(alice.sendDirect(bob.id, "x", { signal: stop.signal }), code("aborted"));
    let sent = 0;
    relay.onMessage = (_, message) => {
      if ("frame" in message && message.frame[1] === KIND.DIRECT && ++sent === 1) queueMicrotask(() => alice.destroy());
    };
    await assert.rejects(alice.sendDirect(bob.id, "x"), code("destroyed"));
    await assert.rejects(alice.sendDirect(bob.id, "x"), code("destroyed"));
  });
});
