import assert from "node:assert/strict";
import { describe } from "node:test";
import { memoryIdentities } from "../identity/memory-identities.js";
import { openIdentity } from "../identity/open-identity.js";
import { createRoomSecret } from "../handshake/room-secret.js";
import type { EpochDetail } from "../room/events.js";
import { row } from "../testing/hostile-scene.js";
import { flipBit } from "../testing/members.js";
import { rejectsCode } from "../testing/throws.js";
import { toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";

const PLACE = { room: "testroom", admission: "link" } as const;

describe("a relay that lies about who is in the room", () => {
  row(21, "a ghost without the room secret stays at the door, and nothing is sealed to it", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const room = scene.context("link", createRoomSecret());
    const ghost = scene.puppet("ghost", { room, isMember: false });
    await ghost.join();
    await scene.clock.advance(2_000);
    assert.ok(ghost.failures.some((error) => error instanceof QsecError && error.code === "DECRYPT"));
    await ghost.call(bob.id, 1, { epoch: 9, members: 9 });
    await scene.clock.advance(60_000, 500);
    assert.deepEqual(bob.alarms, ["DECRYPT"]);
    assert.deepEqual([alice.badge(ghost.id), bob.badge(ghost.id)], ["waiting", "waiting"]);
    const toGhost = scene.relay.sent.filter(
      ({ message }) => "to" in message.header && message.header.to === ghost.id && message.event !== "bb84_relay",
    );
    assert.ok(toGhost.every(({ message }) => ["bb84_meta", "bb84_session", "announce_pubkey"].includes(message.event)));
    assert.equal(ghost.sessions.size, 0);
    await scene.recovers(alice, bob);
  });

  row(
    22,
    "a ghost or a wrong name in the list of members changes what is shown there and nothing else",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      const { roomCode } = alice.session.epoch!;
      const ghost = Buffer.alloc(32, 7).toString("base64url");
      scene.relay.listFor = (_, list) => ({
        ...list,
        members: [
          ...list.members.map((member) => (member.id === bob.id ? { ...member, username: "boss" } : member)),
          { id: ghost, username: "ghost", online: true },
        ],
      });
      scene.relay.tellLists();
      await scene.clock.advance(10_000);
      assert.equal(alice.badge(ghost), "waiting");
      assert.equal(alice.session.members.find(({ id }) => id === bob.id)!.name, "bob");
      assert.equal(alice.session.epoch!.roomCode, roomCode);
      const carol = scene.person("carol");
      await scene.connect(carol);
      await scene.clock.advance(3_000);
      assert.ok(alice.alarms.includes("NAME"), "the wrong name is told");
      await scene.recovers(alice, bob, carol);
    },
  );

  row(23, "a member that is hidden from the leader is warned, and nobody reads more for it", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const hidden = (a: string, b: string) => [a, b].includes(alice.id) && [a, b].includes(carol.id);
    scene.relay.onPassing = ({ from, to, message }) => (from !== null && hidden(from, to) ? [] : [message]);
    scene.relay.listFor = (to, list) =>
      to === alice.id ? { ...list, members: list.members.filter(({ id }) => id !== carol.id) } : list;
    scene.relay.tellLists();
    await scene.clock.advance(28_000, 500);
    assert.equal(carol.session.epoch!.roomCode, alice.session.epoch!.roomCode);
    await scene.clock.advance(90_000, 500);
    assert.ok(carol.alarms.includes("UNREACHABLE"));
    assert.equal(alice.session.epoch!.roomCode, bob.session.epoch!.roomCode);
    const text = scene.say(bob);
    await scene.clock.advance(5_000);
    assert.ok(alice.read.includes(text) && !carol.read.includes(text));
    await scene.recovers(alice, bob, carol);
  });

  row(
    24,
    "a removal that is kept from a member stops it from sealing within a minute",
    async (scene) => {
      const open = { admission: "open" } as const; // where a removal brings no new secret, which bob would lack
      const people = ["alice", "bob", "carol"].map((name) => scene.person(name, open));
      const [alice, bob, carol] = await scene.together(...people);
      const { roomCode } = bob.session.epoch!;
      const epochs: EpochDetail[] = [];
      bob.session.addEventListener("epoch", ({ detail }) => void epochs.push(detail));
      // Nothing reaches bob but what carol sends, who is removed, does not take it, and colludes.
      scene.relay.onPassing = ({ from, to, message }) =>
        from === alice.id && (to === bob.id || message.event === "roomkey_share") ? [] : [message];
      void alice.session.kick(carol.id);
      await scene.clock.advance(60_500, 500);
      assert.ok(bob.alarms.includes("UNREACHABLE"));
      const codes: (string | undefined)[] = [];
      scene.relay.onSent = (from, message) => {
        if (from === bob.id && message.event === "group_message") codes.push(bob.session.epoch?.roomCode);
        return [message];
      };
      scene.say(bob);
      await scene.clock.advance(15_000);
      // He takes over from a leader that does not answer, and says it to those whom his list shows then.
      assert.deepEqual(
        epochs.map(({ reason, left, members }) => [reason, left.map(({ id }) => id), members]),
        [["failover", [alice.id], 2]],
      );
      assert.deepEqual([...new Set(codes)], [epochs[0].roomCode]);
      assert.notEqual(epochs[0].roomCode, roomCode);
      carol.session.destroy();
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
      scene.relay.onPassing = ({ from, to, message }) => (to === bob.id && from !== null ? [] : [message]);
      void alice.session.kick(carol.id);
      await scene.clock.advance(60_500, 500);
      const before = scene.relay.framesOf("group_message", KIND.GROUP, bob.id).length;
      let code: string | null = null;
      bob.session.send("to whom?").catch((error: unknown) => (code = (error as QsecError).code));
      await scene.clock.advance(60_000, 500);
      assert.equal(scene.relay.framesOf("group_message", KIND.GROUP, bob.id).length, before);
      assert.equal(code, "not_secured", "alone, he is told that nobody can read it");
      for (const { session } of [bob, carol]) session.destroy();
      // The secret of the room has changed without him: he needs a new invite.
      const secret = new URL(alice.session.inviteLink("https://x.example")).hash.slice(1);
      const again = scene.person("bob", { secret });
      await scene.connect(again);
      await scene.recovers(alice, again);
      assert.deepEqual(carol.read, []);
    },
  );

  row(25, "a leader that is suppressed is followed by the next in signed order", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const reasons: string[] = [];
    bob.session.addEventListener("epoch", ({ detail }) => reasons.push(`${detail.reason} ${detail.leader.name}`));
    scene.apart((a, b) => ![a, b].includes(alice.id));
    await scene.clock.advance(40_000, 500);
    assert.deepEqual(reasons, ["failover bob"]);
    assert.equal(carol.session.epoch!.roomCode, bob.session.epoch!.roomCode);
    assert.equal(carol.session.members.find(({ leader }) => leader)!.name, "bob");
    await scene.recovers(alice, bob, carol);
  });

  row(26, "of two who take over at once the lower index wins everywhere", async (scene) => {
    const [alice, bob, carol, dave] = await scene.together("alice", "bob", "carol", "dave");
    const { number } = dave.session.epoch!;
    const both = [bob.id, carol.id];
    scene.apart((a, b) => ![a, b].includes(alice.id) && !(both.includes(a) && both.includes(b)));
    await scene.clock.advance(45_000, 500);
    assert.equal(dave.session.members.find(({ leader }) => leader)!.name, "bob");
    assert.ok(dave.session.epoch!.number > number);
    assert.equal(dave.session.epoch!.roomCode, bob.session.epoch!.roomCode);
    await scene.recovers(alice, bob, carol, dave);
  });

  row(
    27,
    "two halves of a room that was parted become one again, and read only their own half meanwhile",
    async (scene) => {
      const [alice, bob, carol, dave] = await scene.together("alice", "bob", "carol", "dave");
      const left = [alice.id, bob.id];
      scene.apart((a, b) => left.includes(a) === left.includes(b));
      await scene.clock.advance(70_000, 500);
      assert.notEqual(alice.session.epoch!.roomCode, carol.session.epoch!.roomCode);
      assert.equal(carol.session.epoch!.roomCode, dave.session.epoch!.roomCode);
      const texts = [scene.say(alice), scene.say(dave)];
      await scene.clock.advance(5_000);
      assert.deepEqual([bob.read, carol.read], [[texts[0]], [texts[1]]]);
      await scene.recovers(alice, bob, carol, dave);
      assert.ok(!dave.read.includes(texts[0]) && !bob.read.includes(texts[1]));
    },
  );

  row(
    43,
    "an identity that comes twice is refused on one device, and from two supersedes its session with a new epoch",
    async (scene) => {
      const first = scene.puppet("mallory");
      const [alice, bob] = [scene.person("alice"), scene.person("bob")];
      await scene.connect(alice, bob);
      await first.join();
      await scene.clock.advance(3_000);
      const { number, roomCode } = bob.session.epoch!;
      assert.equal(bob.session.epoch!.members, 3);
      // The relay hides that the first went, so that the second is taken for the same device.
      scene.relay.onPassing = ({ message }) => (message.event === "user_list" ? [] : [message]);
      first.leave();
      const second = scene.puppet("mallory", { seed: first.self.seed });
      await second.join();
      await scene.clock.settle();
      void alice.session.rekey(); // as it does by itself every 15 minutes
      await scene.clock.advance(10_000);
      assert.ok(bob.session.epoch!.number > number && bob.session.epoch!.roomCode !== roomCode);
      assert.equal(bob.session.epoch!.members, 3);
      assert.notDeepEqual(second.held!.commit.keyCommitment, first.held!.commit.keyCommitment);
      await second.depart();
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const identityStore = memoryIdentities();
      const bob = scene.person("bob", { identity: await openIdentity({ ...PLACE, identityStore }) });
      const [alice] = await scene.together("alice", bob);
      const refused = rejectsCode("identity_in_use", openIdentity({ ...PLACE, identityStore }));
      await scene.clock.advance(5_000);
      await refused;
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const [here, there] = [memoryIdentities(), memoryIdentities()];
      const bob = scene.person("bob", { identity: await openIdentity({ ...PLACE, identityStore: here }) });
      await there.save(PLACE, (await here.load(PLACE))!); // somebody has copied the whole device
      const [alice] = await scene.together("alice", bob);
      scene.say(bob);
      await scene.clock.advance(3_000);
      // The relay hides that the first went, so that the second is taken for the same device.
      scene.relay.onPassing = ({ message }) => (message.event === "user_list" ? [] : [message]);
      bob.session.destroy();
      const clone = scene.person("bob", { identity: await openIdentity({ ...PLACE, identityStore: there }) });
      assert.equal(clone.id, bob.id);
      await scene.connect(clone);
      await scene.clock.advance(60_000, 500);
      assert.equal(clone.session.epoch, null, "the room key of the first is not for the second");
      void alice.session.rekey();
      await scene.clock.advance(10_000);
      await scene.recovers(alice, clone);
      const frames = scene.relay.framesOf("group_message", KIND.GROUP, bob.id);
      const headers = frames.map((frame) => toHex(frame.subarray(0, 16))); // kid, sender and number
      const bodies = frames.map((frame) => toHex(frame));
      assert.ok(frames.length > 1);
      assert.equal(new Set(headers).size, new Set(bodies).size, "no key of a Chain seals two messages");
    },
  );

  row(
    44,
    "a second member under a name that looks like another's is refused, and a name with another key than before is told",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      scene.relay.keepsNames = false;
      const impostors = ["alice", "ALICE", "ａlice"].map((name) => scene.person(name));
      for (const impostor of impostors) {
        await scene.connect(impostor);
        await scene.clock.advance(3_000);
        assert.equal(alice.badge(impostor.id), "waiting");
        assert.ok(impostor.abortCodes.includes("REJECTED"));
        assert.equal(impostor.session.epoch, null);
      }
      assert.deepEqual(alice.alarms, ["NAME", "NAME", "NAME"]);
      for (const { session } of impostors) session.destroy();
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const identityStore = memoryIdentities();
      const remembered = async () =>
        scene.person("alice", { identity: await openIdentity({ ...PLACE, identityStore }) });
      const bob = scene.person("bob");
      const [before] = await scene.together(await remembered(), bob);
      for (const { session } of [bob, before]) session.destroy();
      await scene.clock.settle();
      // Somebody has the invite and takes the name of a member who is not there.
      const [alice, impostor] = await scene.together(await remembered(), scene.person("Bob"));
      assert.ok(alice.alarms.includes("CHANGED"));
      assert.equal(alice.badge(impostor.id), "changed");
      assert.deepEqual(
        alice.session.identityChanges.map(({ peer, pinned }) => [peer.id, pinned.verified]),
        [[impostor.id, false]],
      );
      void alice.session.kick(impostor.id);
      await scene.clock.advance(5_000);
      assert.deepEqual(alice.session.identityChanges, []);
      impostor.session.destroy();
      const secret = new URL(alice.session.inviteLink("https://x.example")).hash.slice(1);
      const carol = scene.person("carol", { secret });
      await scene.connect(carol);
      await scene.recovers(alice, carol);
    },
  );

  row(45, "a flood of announces leaves the sessions that are there alone", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const { roomCode } = alice.session.epoch!;
    const [announce] = scene.relay.framesOf("announce_pubkey", undefined, bob.id);
    const calls = scene.relay.framesOf("bb84_relay", KIND.M1).length;
    for (let i = 0; i < 400; i++) {
      const from = Buffer.alloc(32, i & 0xff)
        .fill(i >> 8, 0, 1)
        .toString("base64url");
      const frame = flipBit(announce, 8 * 300 + i);
      frame.set(Buffer.from(from, "base64url"), 2);
      for (const { id } of [alice, bob]) scene.relay.inject(id, { event: "pubkeys", entries: [{ from, frame }] });
      scene.relay.inject(bob.id, { event: "bb84_signal", header: { from }, frame: Uint8Array.of(1, KIND.M1) });
    }
    const text = scene.say(alice);
    await scene.clock.advance(1_000);
    assert.deepEqual(bob.read, [text]);
    await scene.clock.advance(30_000, 500);
    assert.ok(scene.relay.framesOf("bb84_relay", KIND.M1).length - calls <= 60);
    assert.equal(alice.session.epoch!.roomCode, roomCode);
    await scene.recovers(alice, bob);
  });

  row(46, "who was removed does not come back with the old link", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const removed: string[] = [];
    carol.session.addEventListener("removed", ({ detail }) => removed.push(detail.by.name));
    void alice.session.kick(carol.id);
    await scene.clock.advance(5_000);
    assert.deepEqual([removed, carol.session.state], [["alice"], "closed"], "she is told, and gives her place free");
    const again = scene.person("carla"); // another identity, with the secret from before
    await scene.connect(again);
    await scene.clock.advance(30_000, 500);
    assert.ok(again.alarms.includes("DECRYPT"));
    assert.deepEqual([alice.badge(again.id), bob.badge(again.id)], ["waiting", "waiting"]);
    assert.equal(again.session.epoch, null);
    await scene.recovers(alice, bob);
    const dave = scene.person("dave", { secret: new URL(alice.session.inviteLink("https://x.example")).hash.slice(1) });
    again.session.destroy();
    await scene.connect(dave);
    await scene.recovers(alice, bob, dave);
  });
});
