import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { code, destroyAll, next, verifyMember } from "../testing/sessions.js";
import { createMemoryRelay } from "../transport/memory.js";

afterEach(destroyAll);

describe("a session that compares emoji", () => {
  it("holds the room key in verify until both people have said that the emoji match", async () => {
    const relay = createMemoryRelay();
    const shares: string[] = [];
    relay.onMessage = (from, { event }) => {
      if (event === "roomkey_share") shares.push(from);
    };
    const [alice, bob] = [verifyMember(relay, "alice"), verifyMember(relay, "bob")];
    const shown = Promise.all([next(alice, "verify"), next(bob, "verify")]);
    await alice.connect();
    await bob.connect();
    const [a, b] = await shown;
    assert.deepEqual(a.emoji, b.emoji);
    assert.equal(a.digits, b.digits);
    assert.equal(a.emoji.length, 7);
    assert.equal(alice.state, "verifying");
    assert.deepEqual(shares, []);
    await alice.confirm(bob.id);
    await new Promise((done) => setTimeout(done, 400)); // longer than a commit is held back
    assert.deepEqual(shares, [alice.id]);
    assert.equal(alice.state, "verifying", "one answer does not make a room");
    await assert.rejects(alice.send("too early"), code("not_secured"));
    assert.equal(bob.epoch, null);
    await assert.rejects(bob.send("too early"), code("not_secured"));
    await bob.confirm(alice.id);
    await Promise.all([alice.secured(), bob.secured()]);
    assert.equal(alice.members.find(({ name }) => name === "bob")!.badge, "verified");
  });

  it("ends the pair when somebody says that the emoji do not match, and does not try again", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [verifyMember(relay, "alice"), verifyMember(relay, "bob")];
    const shown = Promise.all([next(alice, "verify"), next(bob, "verify")]);
    await alice.connect();
    await bob.connect();
    await shown;
    const [done, alarm] = [next(bob, "verify:done"), next(alice, "security")];
    await alice.reject(bob.id);
    assert.equal((await done).confirmed, false);
    assert.equal((await alarm).code, "REJECTED");
    assert.deepEqual(alice.pendingVerifications, []);
    assert.equal(alice.state, "waiting");
    assert.equal(bob.epoch, null);
  });

  it("tells the leader when the other person says no after the leader has said yes", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = [verifyMember(relay, "alice"), verifyMember(relay, "bob")];
    const shown = Promise.all([next(alice, "verify"), next(bob, "verify")]);
    await alice.connect();
    await bob.connect();
    await shown;
    await alice.confirm(bob.id);
    await next(alice, "epoch", ({ members }) => members === 2);
    const aborted = next(alice, "bb84:aborted");
    const alone = next(alice, "epoch", ({ members }) => members === 1);
    await bob.reject(alice.id);
    assert.equal((await aborted).code, "REJECTED");
    await alone;
    assert.equal(alice.state, "waiting");
    assert.equal(bob.epoch, null);
  });
});
