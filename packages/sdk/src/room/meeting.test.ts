import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeAbort } from "../handshake/abort.js";
import { inOneEpoch, told } from "../testing/rooms.js";
import { VirtualRelay, type Passing, type VirtualMember } from "../testing/virtual-room.js";
import { KIND } from "../wire/kinds.js";

/** One room of four that the relay has parted into two: Alice leads Bob, and Carol leads Dave in epochs of higher numbers. */
async function parted() {
  const relay = new VirtualRelay();
  const [alice, bob, carol, dave] = [
    await relay.join("alice"),
    await relay.join("bob"),
    await relay.join("carol"),
    await relay.join("dave"),
  ];
  await relay.advance(1_000);
  inOneEpoch(alice, bob, carol, dave);
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
    await relay.advance(65_000, 250);
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
