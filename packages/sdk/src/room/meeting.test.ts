import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeAbort } from "../handshake/abort.js";
import { inOneEpoch, roomOf, told } from "../testing/rooms.js";
import type { Passing, VirtualMember, VirtualRelay } from "../testing/virtual-room.js";
import { KIND } from "../wire/kinds.js";

/** One room of four that the relay has parted into two: Alice leads Bob, and Carol leads Dave in epochs of higher numbers. */
async function parted() {
  const { relay, members } = await roomOf("alice", "bob", "carol", "dave");
  const [alice, bob, carol, dave] = members;
  const isAcross = ({ from, to }: Pick<Passing, "from" | "to">) =>
    [alice, bob].includes(from) !== [alice, bob].includes(to);
  relay.passes = (passing) => !isAcross(passing);
  await relay.advance(90_000, 500);
  for (let again = 0; again < 2; again++) {
    await relay.run(alice, (now) => alice.room.decisions.rekey(now));
    await relay.advance(60_000, 500);
  }
  for (let more = 0; more < 10; more++) {
    await relay.run(carol, (now) => carol.room.decisions.rekey(now));
    await relay.advance(12_000, 500);
  }
  inOneEpoch(alice, bob);
  inOneEpoch(carol, dave);
  assert.ok(carol.room.epoch!.number > alice.room.epoch!.number);
  return { relay, alice, bob, carol, dave, isAcross };
}

const isBetween = ({ from, to }: Passing, a: VirtualMember, b: VirtualMember) =>
  (from === a && to === b) || (from === b && to === a);

/** Counts the times that a member says to another that it does not follow it. */
function refusals(relay: VirtualRelay): { count: number } {
  const counted = { count: 0 };
  relay.onSent = (_, message) => {
    if (!("frame" in message) || message.frame[1] !== KIND.ABORT) return;
    if (decodeAbort(message.frame).code === "NOT_LEADER") counted.count++;
  };
  return counted;
}

describe("two leaders of one room", () => {
  it("meet as soon as they reach each other, and all members follow the one of higher rank", async () => {
    const { relay, alice, bob, carol, dave } = await parted();
    relay.passes = () => true;
    await relay.advance(65_000, 250);
    inOneEpoch(alice, bob, carol, dave);
    assert.ok(carol.room.isLeading);
  });

  it("meet also if one of them has once answered the other and did not follow it", async () => {
    const { relay, alice, bob, carol, dave, isAcross } = await parted();
    relay.passes = (passing) => !isAcross(passing) || isBetween(passing, alice, dave);
    const refused = refusals(relay);
    for (let waited = 0; refused.count === 0 && waited < 60; waited++) await relay.advance(1_000, 250);
    assert.equal(refused.count, 1, "Dave stays with Carol");
    relay.passes = (passing) => !isAcross(passing);
    await relay.run(carol, (now) => carol.room.leave(now));
    await relay.settle();
    await relay.depart(carol);
    await relay.advance(1_000);
    assert.ok(dave.room.isLeading && dave.room.epoch!.number > alice.room.epoch!.number);
    relay.passes = () => true;
    await relay.advance(65_000, 250);
    inOneEpoch(alice, bob, dave);
  });

  it("meet also after a time in which they reached each other's members only", async () => {
    const { relay, alice, bob, carol, dave, isAcross } = await parted();
    relay.passes = (passing) => !isAcross(passing) || !isBetween(passing, alice, carol);
    await relay.advance(5 * 60_000, 250);
    relay.passes = () => true;
    const haveMet = () => alice.room.epoch!.roomCode === carol.room.epoch!.roomCode;
    for (let waited = 0; !haveMet() && waited < 70; waited++) await relay.advance(1_000, 250);
    await relay.advance(3_000, 250); // whoever was to be called a minute later is called now
    inOneEpoch(alice, bob, carol, dave);
  });

  it("call members of the other's room ever more rarely, and change their keys no oftener than that", async () => {
    const { relay, alice, bob, carol, dave, isAcross } = await parted();
    relay.passes = (passing) => !isAcross(passing) || !isBetween(passing, alice, carol);
    const refused = refusals(relay);
    const epochs = () => told(alice, "epoch").length + told(carol, "epoch").length;
    await relay.advance(2 * 60_000, 250);
    const [before, changes] = [refused.count, epochs()];
    await relay.advance(5 * 60_000, 250);
    const later = refused.count - before;
    assert.ok(later > 0 && later <= 12, `${later} refusals in five minutes`);
    assert.ok(epochs() - changes <= 2 * later + 2, `${epochs() - changes} epochs in five minutes`);
    relay.passes = () => true;
    await relay.advance(65_000, 250);
    inOneEpoch(alice, bob, carol, dave);
  });
});

describe("who takes over", () => {
  it("calls at once also a member that it could not reach before, and does not leave it out", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    relay.passes = ({ message }) => message.event !== "bb84_relay" || message.frame[1] !== KIND.M1;
    await relay.run(bob, (now) => bob.room.decisions.verify(carol.id, now));
    await relay.advance(3 * 60_000, 500);
    assert.ok(
      told(bob, "bb84:aborted").filter(({ code }) => code === "TIMEOUT").length > 5,
      "it is called once a minute now",
    );
    relay.passes = () => true;
    await relay.run(alice, (now) => alice.room.leave(now));
    await relay.settle();
    await relay.depart(alice);
    await relay.advance(2_000, 250); // before the next in order would take over too
    inOneEpoch(bob, carol);
    assert.deepEqual(
      told(bob, "epoch")
        .slice(-1)
        .map(({ reason, members: count }) => [reason, count]),
      [["failover", 2]],
    );
  });
});
