import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alarms, inOneEpoch, read, say, times } from "../testing/rooms.js";
import { rejectsCode } from "../testing/throws.js";
import { VirtualRelay, type VirtualMember } from "../testing/virtual-room.js";

const badge = (of: VirtualMember, peer: VirtualMember) => of.room.members.find(({ id }) => id === peer.id)?.badge;
const emoji = (member: VirtualMember) =>
  member.room.pendingVerifications.map(({ emoji: seven }) => seven.map(({ symbol }) => symbol).join(""));

describe("a leader that approves its members", () => {
  it("lets nobody in before its person says so", async () => {
    const relay = new VirtualRelay();
    relay.approve = true;
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(60_000, 500);
    assert.equal(bob.room.epoch, null);
    assert.deepEqual(
      alice.room.knocking.map(({ peer }) => peer.name),
      ["bob"],
    );
    await relay.run(alice, (now) => alice.room.decisions.answerKnock(bob.id, true, now));
    await relay.advance(1_000);
    inOneEpoch(alice, bob);
    assert.deepEqual([times(alice, "knock"), times(alice, "knock:done")], [1, 1]);
  });

  it("alarms nobody who waits over what the others say meanwhile", async () => {
    const relay = new VirtualRelay();
    relay.approve = true;
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    const letIn = async (guest: VirtualMember): Promise<void> => {
      await relay.run(alice, (now) => alice.room.decisions.answerKnock(guest.id, true, now));
      await relay.advance(1_000);
    };
    await relay.advance(1_000);
    await letIn(bob);
    const carol = await relay.join("carol");
    for (let i = 0; i < 100; i++) {
      await say(relay, bob, `before carol ${i}`);
      await relay.advance(300);
    }
    assert.ok(alarms(carol, "note").includes("EPOCH"));
    await letIn(carol);
    await say(relay, bob, "Hello carol");
    await relay.advance(30_000);
    assert.deepEqual([read(carol), alarms(carol)], [["Hello carol"], []]);
  });

  it("does not hear again of whom its person has refused", async () => {
    const relay = new VirtualRelay();
    relay.approve = true;
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    await relay.run(alice, (now) => alice.room.decisions.answerKnock(bob.id, false, now));
    await relay.advance(60_000, 500);
    assert.equal(bob.room.epoch, null);
    assert.equal(times(alice, "knock"), 1);
    await rejectsCode("unknown_peer", alice.room.decisions.answerKnock(bob.id, true, relay.now));
  });

  it("does not ask again about members when the room re-keys", async () => {
    const relay = new VirtualRelay();
    relay.approve = true;
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    await relay.run(alice, (now) => alice.room.decisions.answerKnock(bob.id, true, now));
    await relay.advance(1_000);
    await relay.run(alice, (now) => alice.room.decisions.rekey(now));
    await relay.advance(5_000);
    inOneEpoch(alice, bob);
    assert.equal(times(alice, "knock"), 1);
  });
});

describe("comparing emoji with a member", () => {
  it("needs no handshake where there is a session, and marks the member for who confirms", async () => {
    const relay = new VirtualRelay("open");
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    assert.equal(badge(alice, bob), "unverified");
    await relay.run(alice, (now) => alice.room.decisions.verify(bob.id, now));
    await relay.run(bob, (now) => bob.room.decisions.verify(alice.id, now));
    assert.deepEqual(emoji(alice), emoji(bob));
    await relay.run(alice, (now) => alice.room.decisions.confirm(bob.id, now));
    assert.equal(badge(alice, bob), "verified");
    assert.equal(badge(bob, alice), "unverified");
    inOneEpoch(alice, bob);
  });

  it("makes a handshake of its own between members that the leader has let in, and shows both the same", async () => {
    const relay = new VirtualRelay();
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    const number = alice.room.epoch!.number;
    await relay.run(bob, (now) => bob.room.decisions.verify(carol.id, now));
    await relay.advance(10_000);
    assert.equal(emoji(bob).length, 1);
    assert.deepEqual(emoji(bob), emoji(carol));
    await relay.run(bob, (now) => bob.room.decisions.confirm(carol.id, now));
    await relay.run(carol, (now) => carol.room.decisions.confirm(bob.id, now));
    assert.deepEqual([badge(bob, carol), badge(carol, bob), badge(alice, bob)], ["verified", "verified", "link"]);
    await relay.advance(5_000);
    inOneEpoch(alice, bob, carol);
    assert.equal(alice.room.epoch!.number, number, "comparing changes no key");
  });

  it("removes a member whom the leader's person finds to be somebody else", async () => {
    const relay = new VirtualRelay("open");
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    await relay.run(alice, (now) => alice.room.decisions.verify(bob.id, now));
    await relay.run(alice, (now) => alice.room.decisions.reject(bob.id, now));
    await relay.advance(5_000);
    inOneEpoch(alice, carol);
  });
});
