import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { toBase64url } from "../wire/base64url.js";
import { alarms, inOneEpoch, read, roomOf, say, times } from "../testing/rooms.js";
import { rejectsCode } from "../testing/throws.js";
import { arraysWith, trackArraysUntil } from "../testing/tracked-arrays.js";
import { VirtualRelay } from "../testing/virtual-room.js";
import { KIND } from "../wire/kinds.js";

describe("the keys of a room", () => {
  it("are replaced after fresh handshakes with everybody when the leader re-keys", async () => {
    const relay = new VirtualRelay();
    const members = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    const [alice, bob] = members;
    await relay.advance(1_000);
    const fingerprint = () => alice.room.members.map((member) => member.fingerprint).join();
    const [before, number] = [fingerprint(), alice.room.epoch!.number];
    let secured = true;
    await relay.run(alice, (now) => alice.room.decisions.rekey(now));
    for (let i = 0; i < 50; i++) {
      await relay.advance(100);
      secured &&= alice.room.secured && bob.room.secured;
    }
    inOneEpoch(...members);
    assert.equal(alice.room.epoch!.number, number + 1);
    assert.notEqual(fingerprint(), before);
    assert.ok(secured, "the room stays usable meanwhile");
    const { detail } = bob.told.findLast((event) => event.name === "epoch")!;
    assert.equal((detail as { reason: string }).reason, "rekey");
  });

  it("are replaced without the handshake of a member that the relay keeps from answering", async () => {
    const relay = new VirtualRelay();
    const members = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    const [alice, bob] = members;
    await relay.advance(1_000);
    const number = alice.room.epoch!.number;
    relay.passes = ({ from, message }) => !(from === bob && message.event === "bb84_relay");
    await relay.run(alice, (now) => alice.room.decisions.rekey(now));
    await relay.advance(20_000);
    relay.passes = () => true;
    await relay.advance(40_000);
    inOneEpoch(...members);
    assert.ok(alice.room.epoch!.number > number);
  });

  it("are replaced every fifteen minutes", async () => {
    const relay = new VirtualRelay();
    const members = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    const number = members[0].room.epoch!.number;
    await relay.advance(16 * 60_000, 1_000);
    inOneEpoch(...members);
    assert.equal(members[0].room.epoch!.number, number + 1);
  });

  it("are replaced after a thousand messages", async () => {
    const relay = new VirtualRelay();
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    const number = alice.room.epoch!.number;
    for (let i = 0; i < 1_000; i++) {
      await say(relay, alice, String(i));
      if (i % 100 === 99) await relay.settle();
    }
    await relay.advance(3_000);
    inOneEpoch(alice, bob);
    assert.equal(alice.room.epoch!.number, number + 1);
    assert.equal(read(bob).length, 1_000);
  });

  it("are nowhere in memory once the room is wiped, and neither is the secret that a removal brought", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol", "dave");
    const [alice, bob, carol, dave] = members;
    const secrets: Buffer[] = []; // Buffers are not tracked: these copies are the test's own
    const arrays = await trackArraysUntil(async () => {
      relay.onDraw = (bytes) => secrets.push(Buffer.from(bytes));
      await relay.depart(dave);
      await relay.settle();
      relay.onDraw = () => {};
      assert.deepEqual(
        secrets.map(({ length }) => length),
        [32],
        "the room key is all that a removal draws",
      );
      await relay.run(alice, (now) => alice.room.decisions.kick(carol.id, now));
      await relay.advance(5_000);
      inOneEpoch(alice, bob);
      assert.deepEqual(alice.room.secret, bob.room.secret);
      secrets.push(Buffer.from(bob.room.secret!));
      for (const { room } of [alice, bob, carol, dave]) room.wipe();
    });
    const [roomKey, roomSecret] = secrets.map((secret) => arraysWith(secret, arrays).map(({ length }) => length));
    assert.deepEqual(roomKey, []);
    // ROTATE is signed, and the signature library keeps what it hashes: R ‖ A ‖ message and parts of it, 15 to 175 bytes.
    // None of them is as long as a secret, a body, or a box that was padded to 256 bytes.
    assert.ok(
      roomSecret.every((length) => [15, 47, 111, 143, 175].includes(length)),
      `copies of ${roomSecret.join()} bytes`,
    );
  });

  it("are the leader's to replace", async () => {
    const relay = new VirtualRelay();
    const [, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    await rejectsCode("not_leader", bob.room.decisions.rekey(relay.now));
  });
});

describe("removing a member", () => {
  it("takes it out at once, and gives the room a new secret that it does not have", async () => {
    const relay = new VirtualRelay();
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    const old = toBase64url(alice.room.secret!);
    const { frame: last } = await say(relay, bob, "carol reads this");
    await relay.settle();
    await relay.run(alice, (now) => alice.room.decisions.kick(carol.id, now));
    await relay.advance(5_000);
    inOneEpoch(alice, bob);
    assert.equal(toBase64url(alice.room.secret!), toBase64url(bob.room.secret!));
    assert.notEqual(toBase64url(alice.room.secret!), old);
    assert.equal(toBase64url(carol.room.secret!), old);
    assert.equal(times(bob, "rotated"), 1);
    assert.equal(last.length > 0, true);
    await say(relay, bob, "carol does not read this");
    await relay.advance(20_000);
    assert.deepEqual(read(alice), ["carol reads this", "carol does not read this"]);
    assert.deepEqual(read(carol), ["carol reads this"]);
  });

  it("[row 46] leaves who comes back with the old invite at the door", async () => {
    const relay = new VirtualRelay();
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    await relay.run(alice, (now) => alice.room.decisions.kick(carol.id, now));
    await relay.advance(5_000);
    await relay.depart(carol);
    const again = await relay.join("mallory"); // another identity with the secret from before
    await relay.advance(20_000);
    inOneEpoch(alice, bob);
    assert.equal(again.room.epoch, null);
    assert.ok(alarms(again).includes("DECRYPT"));
  });

  it("leaves who was on the way in meanwhile at the door, until they come with the new invite", async () => {
    const relay = new VirtualRelay();
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    relay.passes = ({ from, to }) => from.name !== "dave" && to.name !== "dave";
    const dave = await relay.join("dave");
    await relay.run(alice, (now) => alice.room.decisions.kick(carol.id, now));
    await relay.advance(5_000);
    await relay.depart(carol);
    relay.passes = () => true;
    await relay.advance(150_000, 500);
    inOneEpoch(alice, bob);
    assert.equal(dave.room.epoch, null);
    assert.ok(alarms(dave).includes("DECRYPT"));
    await relay.depart(dave);
    const again = await relay.join("erin", 8, alice.room.secret!.slice());
    await relay.advance(5_000);
    inOneEpoch(alice, bob, again);
  });

  it("keeps the room together when the new secret reaches a member late", async () => {
    const relay = new VirtualRelay();
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    let lost = 0;
    relay.passes = ({ to, message }) => !(to === bob && message.frame[1] === KIND.GROUP && lost++ < 1);
    await relay.run(alice, (now) => alice.room.decisions.kick(carol.id, now));
    await relay.advance(60_000, 200);
    inOneEpoch(alice, bob);
    assert.equal(toBase64url(alice.room.secret!), toBase64url(bob.room.secret!));
  });

  it("is the leader's to do, and only to members", async () => {
    const relay = new VirtualRelay();
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    await rejectsCode("not_leader", bob.room.decisions.kick(alice.id, relay.now));
    await rejectsCode("unknown_peer", alice.room.decisions.kick(alice.id, relay.now));
  });
});
