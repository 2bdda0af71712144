import assert from "node:assert/strict";
import { describe } from "node:test";
import { encodeShare } from "../room/share.js";
import { row, type HostileScene, type Person } from "../testing/hostile-scene.js";
import { testRoom } from "../testing/members.js";
import type { Puppet } from "../testing/puppet.js";
import type { Incoming } from "../transport/transport.js";
import { concat } from "../wire/bytes.js";
import { KIND } from "../wire/kinds.js";

/** A leader that has turned, and two who follow it. */
async function underMallory(scene: HostileScene): Promise<{ mallory: Puppet; bob: Person; carol: Person }> {
  const { mallory, bob, carol } = await scene.called();
  await mallory.lead([bob.id, carol.id]);
  await scene.clock.advance(1_000);
  sameRoom(bob, carol);
  return { mallory, bob, carol };
}

/** A member that has turned, under an honest leader; it has a session with carol too, made to compare emoji. */
async function withMallory(scene: HostileScene): Promise<{ mallory: Puppet; alice: Person; carol: Person }> {
  const mallory = scene.puppet("mallory");
  const [alice, carol] = [scene.person("alice"), scene.person("carol")];
  await scene.connect(alice, carol);
  await mallory.join();
  await scene.clock.advance(3_000);
  await mallory.call(carol.id, 0);
  await scene.clock.advance(1_000);
  assert.ok(mallory.sessions.has(carol.id) && mallory.shares.length > 0);
  sameRoom(alice, carol);
  return { mallory, alice, carol };
}

function sameRoom(...people: Person[]): void {
  const codes = people.map(({ session }) => session.epoch?.roomCode);
  assert.equal(new Set(codes).size, 1);
  assert.equal(people[0].session.epoch?.members, 3);
}

const share = (from: string, frame: Uint8Array): Incoming => ({ event: "roomkey_share", header: { from }, frame });

describe("a relay or a member that attacks room keys", () => {
  row(
    14,
    "a share that is replayed opens nothing: in its session, in a later one, under another session's id",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      const [first] = scene.relay.framesOf("roomkey_share");
      const number = bob.session.epoch!.number;
      scene.relay.inject(bob.id, share(alice.id, first));
      await scene.clock.advance(500);
      assert.deepEqual(bob.notes, ["REPLAY"]);
      await alice.session.rekey(); // with a fresh handshake
      await scene.clock.advance(3_000);
      assert.equal(bob.session.epoch!.number, number + 1);
      scene.relay.inject(bob.id, share(alice.id, first));
      await scene.clock.advance(500);
      assert.equal(bob.notes.at(-1), "SID");
      const newest = scene.relay.framesOf("roomkey_share").at(-1)!;
      const patched = first.slice();
      patched.set(newest.subarray(2, 10), 2);
      const ahead = patched.slice();
      ahead[13] = 3;
      for (const frame of [patched, ahead]) scene.relay.inject(bob.id, share(alice.id, frame));
      await scene.clock.advance(500);
      assert.equal(bob.notes.at(-1), "REPLAY");
      assert.deepEqual(bob.alarms, ["DECRYPT"]);
      assert.equal(bob.session.epoch!.number, number + 1);
      await scene.recovers(alice, bob);
    },
  );

  row(15, "an older epoch that the leader once signed is not taken again", async (scene) => {
    const { mallory, bob, carol } = await underMallory(scene);
    const made = mallory.commit({ members: [bob.id, carol.id], reason: "rekey" });
    const older = { commit: mallory.held!, epoch: mallory.epoch! };
    const first = mallory.commit({ members: [bob.id, carol.id], current: null, reason: "create" });
    mallory.hold(made);
    for (const { id } of [bob, carol]) await mallory.share(id, made.share);
    await scene.clock.advance(1_000);
    const { number, roomCode } = carol.session.epoch!;
    assert.equal(number, older.commit.commit.epoch + 1);
    await mallory.share(carol.id, first.share);
    await scene.clock.advance(1_000);
    assert.deepEqual(carol.alarms, ["ROLLBACK"]);
    assert.deepEqual([carol.session.epoch!.number, carol.session.epoch!.roomCode], [number, roomCode]);
    await mallory.depart(bob.id);
    await scene.recovers(bob, carol);
  });

  row(16, "a share and a message of another room are refused", async (scene) => {
    const { mallory, bob, carol } = await underMallory(scene);
    const foreign = mallory.commit({ members: [bob.id, carol.id], rid: testRoom("link", "elsewhere").rid });
    await mallory.share(carol.id, foreign.share);
    await scene.clock.settle();
    assert.deepEqual(carol.alarms, ["ROOM"]);
    const other = mallory.epoch!;
    mallory.epoch = mallory.epochAs(mallory.self, foreign);
    await mallory.say("from another room");
    mallory.epoch = other;
    await scene.clock.advance(11_000); // a frame of an unknown epoch waits ten seconds for it
    assert.deepEqual([bob.alarms, carol.alarms], [["EPOCH"], ["ROOM", "EPOCH"]]);
    await mallory.depart(bob.id);
    await scene.recovers(bob, carol);
  });

  row(
    17,
    "a room key from anybody but the leader, or under a signature that is not the leader's, is refused",
    async (scene) => {
      const { mallory, alice, carol } = await withMallory(scene);
      const usurped = mallory.commit({ members: [carol.id], reason: "rekey" });
      await mallory.share(carol.id, usurped.share);
      await scene.clock.settle();
      assert.deepEqual(carol.alarms, ["NOT_LEADER"]);
      // With the leader's name at the head, but signed by the member.
      const leader = { ...mallory.self, id: mallory.held!.commit.roster[0].id, name: "alice" };
      const forged = mallory.commit({ members: [carol.id], self: leader });
      await mallory.share(carol.id, forged.share);
      await scene.clock.settle();
      assert.deepEqual(carol.alarms, ["NOT_LEADER", "NOT_LEADER"]);
      // The relay itself has no session at all.
      const made = concat(Uint8Array.of(1, KIND.SHARE), new Uint8Array(12), encodeShare(forged.share));
      scene.relay.inject(carol.id, share(alice.id, made));
      await scene.clock.settle();
      assert.ok(carol.notes.includes("SID"));
      await mallory.depart();
      await scene.recovers(alice, carol);
    },
  );

  row(17, "a room key whose signature is wrong is refused from the leader's own session too", async (scene) => {
    const { mallory, bob, carol } = await underMallory(scene);
    const made = mallory.commit({ members: [bob.id, carol.id] });
    const signature = made.share.signature.slice();
    signature[3] ^= 1;
    await mallory.share(carol.id, { ...made.share, signature });
    await scene.clock.settle();
    assert.deepEqual(carol.alarms, ["BAD_SIG"]);
    await mallory.depart(bob.id);
    await scene.recovers(bob, carol);
  });

  row(18, "the leader's own share is refused when another member forwards it", async (scene) => {
    const { mallory, alice, carol } = await withMallory(scene);
    const { roomCode } = carol.session.epoch!;
    void alice.session.rekey();
    await scene.clock.advance(3_000);
    const newest = mallory.shares.at(-1)!;
    await mallory.share(carol.id, newest.share);
    await scene.clock.settle();
    assert.deepEqual(carol.alarms, ["NOT_LEADER"]);
    assert.notEqual(carol.session.epoch!.roomCode, roomCode);
    await mallory.depart();
    await scene.recovers(alice, carol);
  });

  row(19, "a leader cannot give members different room keys under one commit", async (scene) => {
    const { mallory, bob, carol } = await underMallory(scene);
    const made = mallory.commit({ members: [bob.id, carol.id], reason: "rekey" });
    const { number } = carol.session.epoch!;
    await mallory.share(carol.id, { ...made.share, roomKey: made.share.roomKey.map((byte) => byte ^ 1) });
    await scene.clock.settle();
    assert.deepEqual(carol.alarms, ["KEY_COMMIT"]);
    assert.equal(carol.session.epoch!.number, number);
    await mallory.depart(bob.id);
    await scene.recovers(bob, carol);
  });

  row(20, "a leader that shows members different rosters splits them visibly", async (scene) => {
    const { mallory, bob, carol } = await underMallory(scene);
    const [forBob, forCarol] = [bob, carol].map(({ id }) => mallory.commit({ members: [id], reason: "leave" }));
    mallory.hold(forBob);
    mallory.confirmsAll = true;
    await mallory.share(bob.id, forBob.share);
    await mallory.share(carol.id, forCarol.share);
    await scene.clock.advance(1_000);
    assert.notEqual(bob.session.epoch!.roomCode, carol.session.epoch!.roomCode);
    const text = scene.say(bob);
    await scene.clock.advance(12_000);
    assert.ok(!carol.read.includes(text));
    assert.ok(carol.alarms.includes("EPOCH"), "a warning");
    mallory.leave();
    await scene.recovers(bob, carol);
  });

  row(42, "frames on the event of another kind are refused", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    scene.say(alice);
    await scene.clock.advance(1_000);
    const [shared] = scene.relay.framesOf("roomkey_share");
    const [group] = scene.relay.framesOf("group_message");
    const [ping] = scene.relay.framesOf("encrypted_message", KIND.PING);
    assert.ok(ping !== undefined);
    const header = { from: alice.id };
    const swapped: [Incoming, string][] = [
      [{ event: "encrypted_message", header, frame: shared }, "KIND"],
      [{ event: "group_message", header, frame: shared }, "KIND"],
      [{ event: "bb84_signal", header, frame: shared }, "KIND"],
      [{ event: "bb84_signal", header, frame: group }, "KIND"],
      [{ event: "roomkey_share", header, frame: group }, "KIND"],
      [{ event: "encrypted_message", header, frame: group }, "KIND"],
      [{ event: "roomkey_share", header, frame: ping }, "KIND"],
    ];
    for (const [message, code] of swapped) {
      scene.relay.inject(bob.id, message);
      await scene.clock.settle();
      assert.equal(bob.security.at(-1)?.code, code, `${message.event}`);
    }
    // With the kind patched to fit the event, the tag does not fit: the kind is in the additional data.
    const patched = shared.slice();
    patched[1] = KIND.PING;
    patched[13] = 9;
    scene.relay.inject(bob.id, { event: "encrypted_message", header, frame: patched });
    await scene.clock.settle();
    assert.equal(bob.alarms.at(-1), "DECRYPT");
    await scene.recovers(alice, bob);
  });
});
