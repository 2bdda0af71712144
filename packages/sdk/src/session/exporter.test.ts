import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { code, destroyAll, member, next, together } from "../testing/sessions.js";
import { createMemoryRelay } from "../transport/memory.js";
import { utf8 } from "../wire/bytes.js";

afterEach(destroyAll);

describe("a key that a session exports", () => {
  it("is equal on all members of an epoch, and who left does not have the next one", async () => {
    const relay = createMemoryRelay();
    const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => member(relay, name, { expected: 3 }));
    await together(alice, bob, carol);
    const exported = await Promise.all([alice, bob, carol].map((session) => session.exportKey("media", 48)));
    assert.equal(exported[0].epoch, alice.epoch!.number);
    assert.equal(exported[0].key.length, 48);
    assert.deepEqual(exported[1], exported[0]);
    assert.deepEqual(exported[2], exported[0]);
    assert.deepEqual(await bob.exportKey(utf8("media"), 48), exported[0], "text is its UTF-8");

    const moved = [alice, bob].map((session) => next(session, "epoch"));
    await carol.leave();
    await Promise.all(moved);
    const [after, same] = await Promise.all([alice.exportKey("media", 48), bob.exportKey("media", 48)]);
    assert.deepEqual(after, same);
    assert.equal(after.epoch, exported[0].epoch + 1);
    assert.notDeepEqual(after.key, exported[0].key);
    await assert.rejects(carol.exportKey("media"), code("destroyed"));
  });

  it("is not there before a room key is shared with somebody", async () => {
    const alice = member(createMemoryRelay(), "alice");
    await alice.connect();
    await assert.rejects(alice.exportKey("media"), code("not_secured"));
  });
});
