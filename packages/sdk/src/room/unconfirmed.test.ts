import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alarms, read, roomOf, say } from "../testing/rooms.js";
import type { VirtualMember, VirtualRelay } from "../testing/virtual-room.js";
import { CONTENT_TYPE } from "./group-message.js";
import { UNCONFIRMED_MAX } from "./sent-frames.js";
import { FRAME_RESEND, REKEY_BEHIND, RESEND_BATCH, RESEND_PAUSE, UNCONFIRMED } from "./timing.js";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);

/** Says texts as an outbox does, one every `pause` milliseconds or as soon after that as the room lets them go. */
async function talk(relay: VirtualRelay, from: VirtualMember, texts: readonly string[], pause: number): Promise<void> {
  for (const text of texts) {
    const { epoch } = from.room;
    for (let waited = 0; !from.room.sealer.isReady(relay.now); waited += 50) {
      assert.ok(waited < 60_000, `nothing of epoch ${epoch?.number} goes any more`);
      await relay.advance(50, 10);
    }
    await say(relay, from, text);
    await relay.advance(pause, 10);
  }
}

describe("messages that not everybody is known to have", () => {
  for (const speaker of ["the leader", "another member"])
    it(`all arrive, once, though ${speaker} says fifty a second while nothing reaches a member for eight seconds`, async () => {
      const { relay, members } = await roomOf("alice", "bob", "carol");
      const [alice, bob, carol] = members;
      const from = speaker === "the leader" ? alice : bob;
      const cutOff = relay.now + 8_000;
      relay.passes = ({ to }) => to !== carol || relay.now >= cutOff;
      const texts = numbered(500);
      await talk(relay, from, texts, 20);
      await relay.advance(30_000);
      for (const member of members.filter((other) => other !== from)) {
        assert.deepEqual(new Set(read(member)), new Set(texts));
        assert.equal(read(member).length, texts.length);
      }
      for (const member of members) assert.ok(!alarms(member).includes("MISSED"), member.name);
    });

  it("let no more follow than everybody can still open, until somebody's word of them comes", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [alice, bob] = members;
    relay.passes = ({ from, message }) => from !== bob || message.event !== "encrypted_message";
    for (const text of numbered(UNCONFIRMED_MAX)) {
      assert.ok(alice.room.sealer.isReady(relay.now));
      await say(relay, alice, text);
      await relay.settle();
    }
    assert.ok(!alice.room.sealer.isReady(relay.now));
    relay.passes = () => true;
    await relay.advance(15_000);
    assert.ok(alice.room.sealer.isReady(relay.now));
    assert.equal(read(bob).length, UNCONFIRMED_MAX);
  });

  it("hold nothing back when they come after bytes that the application carries itself", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [alice] = members;
    relay.passes = ({ from }) => from === alice;
    await alice.room.sealer.seal(CONTENT_TYPE.application, new Uint8Array(4), relay.now);
    for (const text of numbered(UNCONFIRMED_MAX + 20)) await say(relay, alice, text);
    assert.ok(alice.room.sealer.isReady(relay.now));
  });

  it("go out again in small groups, which a relay that limits messages lets pass, and new ones after them", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [alice, bob] = members;
    relay.passes = ({ to }) => to !== bob;
    for (const text of numbered(RESEND_BATCH + 1)) await say(relay, alice, text);
    await relay.settle();
    const sent: number[] = [];
    relay.onSent = (from, message) =>
      void (from === alice && message.event === "group_message" && sent.push(relay.now));
    await relay.advance(FRAME_RESEND[0], 10);
    assert.equal(sent.length, RESEND_BATCH);
    assert.ok(!alice.room.sealer.isReady(relay.now));
    await relay.advance(RESEND_PAUSE, 10);
    assert.equal(sent.length, RESEND_BATCH + 1);
    assert.equal(sent.at(-1)! - sent[0], RESEND_PAUSE);
    assert.ok(alice.room.sealer.isReady(relay.now));
  });

  it("are reported to their sender in the end, and a new room key lets a member read on who has lost too many", async () => {
    const { relay, members } = await roomOf("alice", "bob", "carol");
    const [alice, bob, carol] = members;
    relay.passes = ({ to, message }) => to !== carol || message.event !== "group_message";
    const givenUp = FRAME_RESEND.reduce((sum, pause) => sum + pause, UNCONFIRMED);
    await talk(relay, bob, numbered(UNCONFIRMED_MAX), 10);
    await relay.advance(Math.max(givenUp, REKEY_BEHIND) + 5_000);
    assert.deepEqual(alarms(bob), ["MISSED"]);
    assert.deepEqual(alarms(carol), ["MISSED"]);
    const { number } = alice.room.epoch!;
    await talk(relay, bob, numbered(40), 10);
    await relay.advance(30_000);
    assert.equal(alice.room.epoch!.number, number + 1);
    relay.passes = () => true;
    await talk(relay, bob, ["heard again"], 10);
    await relay.advance(1_000);
    assert.deepEqual(read(carol).slice(-1), ["heard again"]);
  });

  it("come first, when what was said after them is there before the relay's answer to a member that comes back", async () => {
    const { relay, members } = await roomOf("alice", "bob");
    const [alice, bob] = members;
    bob.room.linkDown();
    relay.passes = ({ to }) => to !== bob;
    await say(relay, alice, "lost with the link");
    await relay.settle();
    relay.passes = () => true;
    await say(relay, alice, "said after that");
    await relay.settle();
    assert.deepEqual(read(bob), []);
    const list = { members: members.map(({ id, name }) => ({ id, username: name, online: true })), expected: 8 };
    await relay.run(bob, (now) => bob.room.joined({ ...list, leader: alice.id }, true, now));
    await relay.advance(FRAME_RESEND[0] + 500);
    assert.deepEqual(read(bob), ["lost with the link", "said after that"]);
  });
});
