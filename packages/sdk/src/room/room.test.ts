import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeAbort } from "../handshake/abort.js";
import { inOneEpoch } from "../testing/rooms.js";
import { VirtualRelay, type VirtualMember } from "../testing/virtual-room.js";
import { utf8 } from "../wire/bytes.js";
import { CONTENT_TYPE } from "./group-message.js";

async function heard(relay: VirtualRelay, from: VirtualMember, by: VirtualMember, text: string): Promise<void> {
  const { frame } = await from.room.sealer.seal(CONTENT_TYPE.text, utf8(text), relay.now);
  await relay.run(by, (now) => by.room.receive({ event: "group_message", header: { from: from.id }, frame }, now));
  assert.ok(by.told.some((event) => event.name === "message" && event.detail.text === text));
}

/** The reference that an ABORT for the newest handshake of two members needs: the sid is public. */
function watchSid(relay: VirtualRelay): () => Uint8Array {
  let sid = new Uint8Array(8);
  relay.passes = ({ message }) => {
    if (message.event === "bb84_relay" && message.frame[1] === 2) sid = message.frame.slice(2, 10);
    return true;
  };
  return () => sid;
}

describe("a room", () => {
  it("brings members who come together into one epoch by one commit", async () => {
    const relay = new VirtualRelay();
    const members = [
      await relay.join("alice"),
      await relay.join("bob"),
      await relay.join("carol"),
      await relay.join("dave"),
    ];
    await relay.advance(1_000);
    inOneEpoch(...members);
    assert.equal(members[0].room.epoch?.number, 2);
    await heard(relay, members[3], members[1], "hello");
  });

  for (const noise of [0.05, 0.08]) {
    it(`comes together over channels of ${100 * noise} % noise: where golay is not enough, ldpc follows`, async () => {
      const relay = new VirtualRelay();
      relay.profile = "golay";
      relay.noise = noise;
      const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
      await relay.advance(60_000, 200);
      inOneEpoch(alice, bob);
      await heard(relay, alice, bob, "through the noise");
      const aborted = alice.told.filter((event) => event.name === "bb84:aborted");
      assert.ok(aborted.every(({ detail }) => detail.willRetry));
      const last = alice.told.filter((event) => event.name === "bb84:step").at(-1);
      assert.equal(last?.detail.profile, "ldpc");
      assert.ok(aborted.length <= 3, `${aborted.length} runs without a key`);
    });
  }

  it("has the textbook's run only where both sides chose it, and golay where the other refuses that", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    relay.profile = "golay";
    const bob = await relay.join("bob");
    await relay.advance(20_000, 200);
    inOneEpoch(alice, bob);
    const codes = alice.told.flatMap((event) => (event.name === "bb84:aborted" ? [event.detail.code] : []));
    assert.deepEqual(codes, ["PROFILE"]);
    const last = alice.told.filter((event) => event.name === "bb84:step").at(-1);
    assert.equal(last?.detail.profile, "golay");
  });

  it("goes on when somebody leaves between the handshake and the commit", async () => {
    const relay = new VirtualRelay();
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    const carol = await relay.join("carol");
    await relay.settle();
    await relay.depart(carol);
    await relay.advance(1_000);
    inOneEpoch(alice, bob);
    const dave = await relay.join("dave");
    await relay.advance(1_000);
    inOneEpoch(alice, bob, dave);
    await heard(relay, alice, bob, "still one room");
  });

  it("[row 13] is not split by a forged ABORT to the leader between the handshake and the commit", async () => {
    const relay = new VirtualRelay();
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    const sid = watchSid(relay);
    const carol = await relay.join("carol");
    await relay.settle();
    await relay.inject(carol.id, alice, encodeAbort(sid(), "RECONCILE"));
    await relay.advance(10_000);
    inOneEpoch(alice, bob, carol);
  });

  it("[row 13] lets a joiner in after a forged ABORT between its handshake and the room key", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    const sid = watchSid(relay);
    const bob = await relay.join("bob");
    await relay.settle();
    await relay.inject(alice.id, bob, encodeAbort(sid(), "RECONCILE"));
    assert.equal(bob.room.epoch, null);
    await relay.advance(10_000);
    inOneEpoch(alice, bob);
    await heard(relay, bob, alice, "let in");
  });

  it("[row 13] ignores an ABORT for a session that is in use", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    const sid = watchSid(relay);
    const bob = await relay.join("bob");
    await relay.advance(1_000);
    const number = bob.room.epoch?.number;
    for (const code of ["RECONCILE", "REJECTED", "QBER"] as const) {
      await relay.inject(alice.id, bob, encodeAbort(sid(), code));
      await relay.inject(bob.id, alice, encodeAbort(sid(), code));
    }
    await relay.advance(10_000);
    inOneEpoch(alice, bob);
    assert.equal(bob.room.epoch?.number, number);
  });

  it("calls a member again whose room key was never acknowledged", async () => {
    const relay = new VirtualRelay();
    const alice = await relay.join("alice");
    let lost = 0;
    relay.passes = ({ message }) => message.event !== "roomkey_share" || ++lost > 6;
    const bob = await relay.join("bob");
    await relay.advance(45_000, 500);
    inOneEpoch(alice, bob);
    assert.ok(lost > 6);
  });

  it("is taken over in signed order when the leader is gone, and the members keep talking", async () => {
    const relay = new VirtualRelay();
    const [alice, bob, carol] = [await relay.join("alice"), await relay.join("bob"), await relay.join("carol")];
    await relay.advance(1_000);
    await relay.depart(alice);
    await relay.advance(2_000);
    inOneEpoch(bob, carol);
    assert.equal(carol.room.members.find(({ leader }) => leader)?.name, "bob");
    await heard(relay, carol, bob, "go on");
  });

  it("never has more members than it is for", async () => {
    const relay = new VirtualRelay();
    const [alice, bob] = [await relay.join("alice", 2), await relay.join("bob", 2)];
    const carol = await relay.join("carol", 2);
    await relay.advance(5_000);
    inOneEpoch(alice, bob);
    assert.equal(carol.room.epoch, null);
  });

  it("refuses a second member under a name that looks like another's, and lets the others be", async () => {
    const relay = new VirtualRelay();
    const [alice, bob] = [await relay.join("alice"), await relay.join("bob")];
    await relay.advance(1_000);
    const impostor = await relay.join("ALICE");
    await relay.advance(2_000);
    inOneEpoch(alice, bob);
    assert.equal(impostor.room.epoch, null);
    assert.ok(impostor.told.some((event) => event.name === "bb84:aborted" && event.detail.code === "REJECTED"));
    assert.ok(alice.told.some((event) => event.name === "security" && event.detail.code === "NAME"));
  });

  it("[row 10] makes at most thirty calls a minute where people compare emoji", async () => {
    const relay = new VirtualRelay("verify");
    const alice = await relay.join("alice");
    let calls = 0;
    relay.passes = ({ message }) => {
      if (message.event !== "bb84_relay" || message.frame[1] !== 1) return true;
      calls++;
      return false;
    };
    for (let i = 0; i < 12; i++) await relay.join(`guest${i}`, 64);
    await relay.advance(50_000, 500);
    assert.ok(calls <= 30, `${calls} calls`);
    assert.equal(alice.room.epoch?.members, 1);
  });
});
