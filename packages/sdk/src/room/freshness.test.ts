import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alarms, inOneEpoch, read, roomOf, say, times, told } from "../testing/rooms.js";
import { rejectsCode } from "../testing/throws.js";
import { VirtualRelay, type Passing, type VirtualMember } from "../testing/virtual-room.js";
import { KIND } from "../wire/kinds.js";
import { CONTENT_TYPE } from "./group-message.js";

const seal = (member: VirtualMember, relay: VirtualRelay) =>
  member.room.sealer.seal(CONTENT_TYPE.text, Uint8Array.of(65), relay.now);

describe("the freshness of a roster", () => {
  it("lets a member seal as soon as its leader has answered in the new epoch, and a leader at once", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    relay.passes = ({ message }) => message.frame[1] !== KIND.PONG;
    const bob = await relay.join("bob");
    await relay.advance(1_000);
    assert.ok(bob.room.secured);
    assert.equal(alice.room.sealer.isReady(relay.now), true);
    assert.equal(bob.room.sealer.isReady(relay.now), false);
    await rejectsCode("not_fresh", seal(bob, relay));
    relay.passes = () => true;
    await relay.advance(11_000);
    assert.equal(bob.room.sealer.isReady(relay.now), true);
  });

  it("[row 24] stops a member from sealing 60 s after the leader's last answer, and says so", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [, bob] = members;
    relay.passes = ({ to, message }) => to !== bob || message.event === "group_message";
    await relay.advance(29_000, 500);
    assert.equal(bob.room.sealer.isReady(relay.now), true);
    await relay.advance(35_000, 500);
    assert.equal(bob.room.sealer.isReady(relay.now), false);
    assert.ok(alarms(bob).includes("UNREACHABLE"));
  });

  it("asks every 30 s as long as somebody answers", async () => {
    const { relay } = await roomOf("alice", "bob");
    let asked = 0;
    relay.passes = ({ message }) => {
      if (message.frame[1] === KIND.PING) asked++;
      return true;
    };
    await relay.advance(5 * 60_000, 500);
    assert.ok(asked >= 9 && asked <= 12, `${asked} questions in five minutes`);
  });

  it("asks soon after a message, though the answer to an earlier question has come since", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    const held: Passing[] = [];
    relay.passes = (passing) => {
      const answers = passing.to === carol && passing.message.frame[1] === KIND.PONG && held.length === 0;
      if (answers) held.push(passing);
      return !answers;
    };
    await relay.advance(35_000, 500);
    assert.equal(held.length, 1);
    await say(relay, bob, "between question and answer");
    await relay.settle();
    const { frame } = held[0].message;
    const answer = { event: "encrypted_message", header: { from: alice.id }, frame } as const;
    await relay.run(carol, (now) => carol.room.receive(answer, now));
    await relay.advance(15_000, 500);
    assert.equal(times(bob, "delivered"), 1);
  });

  it("gives a member the newest room key again that the relay kept from it", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [alice, bob] = members;
    relay.passes = ({ to, message }) => !(to === bob && message.event === "roomkey_share");
    const carol = await relay.join("carol");
    await relay.advance(8_000, 200);
    relay.passes = () => true;
    await relay.advance(30_000, 200);
    inOneEpoch(alice, bob, carol);
  });

  it("sends a message again that the relay has dropped, and everybody reads it once and in order", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    relay.passes = ({ to, message }) => !(to === carol && message.event === "group_message");
    await say(relay, bob, "one");
    await relay.settle();
    relay.passes = () => true;
    await say(relay, bob, "two");
    await relay.advance(40_000, 200);
    assert.deepEqual(read(alice), ["one", "two"]);
    assert.deepEqual([...read(carol)].sort(), ["one", "two"]);
    assert.equal(times(bob, "delivered"), 2);
  });

  it("does the same for a message of the leader's, also when it was the last one", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [alice, bob] = members;
    relay.passes = ({ message }) => message.event !== "group_message";
    await say(relay, alice, "the end");
    await relay.settle();
    relay.passes = () => true;
    await relay.advance(40_000, 200);
    assert.deepEqual(read(bob), ["the end"]);
    assert.equal(times(alice, "delivered"), 1);
    assert.deepEqual(alarms(bob), []);
  });

  it("sends nothing again that everybody has", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    let frames = 0;
    relay.passes = ({ message }) => {
      if (message.event === "group_message") frames++;
      return true;
    };
    await say(relay, members[1], "hello");
    await relay.advance(60_000, 200);
    assert.equal(frames, 2);
    assert.equal(times(members[1], "delivered"), 1);
  });

  it("[row 30] warns a member of messages that others have and that never arrive here", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    relay.passes = ({ to, message }) => !(to === carol && message.event === "group_message");
    await say(relay, bob, "kept from carol");
    await relay.advance(60_000, 500);
    assert.deepEqual(read(alice), ["kept from carol"]);
    assert.deepEqual(alarms(carol), ["MISSED"]);
    assert.equal(times(bob, "delivered"), 0);
  });

  it("confirms what was said just before the room key changed, and warns nobody", async () => {
    for (const speaker of [0, 1, 2]) {
      const { relay, members } = await roomOf("alice", "bob", "carol");
      const { seq, epoch } = await say(relay, members[speaker], "just before");
      const dave = await relay.join("dave");
      await relay.advance(70_000, 200);
      inOneEpoch(...members, dave);
      const others = members.filter((_, index) => index !== speaker);
      assert.deepEqual(others.map(read), [["just before"], ["just before"]]);
      assert.deepEqual(told(members[speaker], "delivered"), [{ epoch, seq }]);
      assert.deepEqual(
        [...members, dave].map((member) => alarms(member)),
        [[], [], [], []],
      );
    }
  });

  it("confirms what was said before a member left whom it may not have reached", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    relay.passes = ({ to, message }) => !(to === carol && message.event === "group_message");
    await say(relay, bob, "to who stays");
    await relay.depart(carol);
    await relay.advance(70_000, 200);
    assert.deepEqual([read(alice), times(bob, "delivered"), alarms(bob), alarms(alice)], [["to who stays"], 1, [], []]);
    await say(relay, alice, "and then");
    await relay.depart(bob);
    await relay.advance(140_000, 200);
    assert.deepEqual(alarms(alice), [], "nobody is left who could confirm it");
  });

  it("says nothing of an epoch that is over in answer to a member that holds no newer one", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [, bob, carol] = members;
    const { roomCode } = bob.room.epoch!;
    relay.passes = ({ to, message }) => !(to === bob && message.event === "roomkey_share");
    await relay.depart(carol);
    await relay.advance(9_000, 200);
    assert.equal(bob.room.epoch!.roomCode, roomCode);
    await relay.advance(61_000 - 9_000, 200);
    assert.equal(bob.room.sealer.isReady(relay.now), false, "what the leader says of it does not make it fresh");
    assert.ok(alarms(bob).includes("EPOCH"));
  });

  it("does not ask for word of messages that the application carries itself", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [, bob] = members;
    await bob.room.sealer.seal(CONTENT_TYPE.application, Uint8Array.of(1), relay.now);
    await say(relay, bob, "after it");
    await relay.advance(180_000, 500);
    assert.deepEqual([alarms(bob), times(bob, "delivered")], [[], 0]);
  });

  it("lets the next in signed order lead when the leader stays silent though the relay shows it", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    relay.passes = ({ from, to }) => from !== alice && to !== alice;
    await relay.advance(2 * 60_000, 500);
    assert.equal(bob.room.epoch?.roomCode, carol.room.epoch?.roomCode);
    assert.ok(bob.room.members.some(({ you, leader }) => you && leader));
    await say(relay, carol, "without alice");
    await relay.settle();
    assert.deepEqual(read(bob), ["without alice"]);
    relay.passes = () => true;
    await relay.advance(2 * 60_000, 500);
    inOneEpoch(alice, bob, carol);
  });
});
