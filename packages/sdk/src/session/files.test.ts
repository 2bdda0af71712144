import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { collect, destroyAll, member, next, together } from "../testing/sessions.js";
import { rejectsCode } from "../testing/throws.js";
import { createMemoryRelay } from "../transport/memory.js";

describe("a file in a conversation", () => {
  afterEach(destroyAll);

  it("comes as a message whose file opens at everybody else, as it was", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const came = next(bob, "message");
    const own = collect(alice, "message");
    await alice.sendFile(new Blob([bytes]), { name: "holiday.png", mime: "image/png" });
    const { file, from } = await came;
    assert.equal(from, alice.id);
    assert.deepEqual([file!.name, file!.mime, file!.size], ["holiday.png", "image/png", bytes.length]);
    assert.deepEqual(new Uint8Array(await (await bob.openFile(file!)).arrayBuffer()), bytes);
    assert.equal(own[0].file!.name, "holiday.png");
  });

  it("goes by the name and the type of a File unless something else is said", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [member(relay, "alice"), member(relay, "bob")];
    await together(alice, bob);
    const cat = Object.assign(new Blob(["meow"], { type: "image/png" }), { name: "cat.png" });
    for (const [options, mime] of [
      [{}, "image/png"],
      [{ mime: "text/plain" }, "text/plain"],
      [{ mime: "" }, "application/octet-stream"],
    ] as const) {
      const came = next(bob, "message");
      await alice.sendFile(cat, options);
      const { file } = await came;
      assert.deepEqual([file!.name, file!.mime], ["cat.png", mime]);
    }
  });

  it("opens also after the room has a new secret", async () => {
    const relay = createMemoryRelay();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => member(relay, name, { expected: 3 }));
    await together(alice, bob, carol);
    const came = next(bob, "message");
    await alice.sendFile(new Blob(["before"]), { name: "a.txt", mime: "text/plain" });
    const { file } = await came;
    const rotated = next(bob, "rotated");
    await alice.kick(carol.id);
    await rotated;
    assert.equal(await (await bob.openFile(file!)).text(), "before");
  });

  it("is not brought to the relay while nobody could open it", async () => {
    const relay = createMemoryRelay();
    const alice = member(relay, "alice");
    await alice.connect();
    await rejectsCode("not_secured", alice.sendFile(new Blob(["x"]), { name: "x" }));
  });
});
