import assert from "node:assert/strict";
import { describe } from "node:test";
import { secureRandom } from "../crypto/random.js";
import { encodeAbort } from "../handshake/abort.js";
import { EPOCH_LAST } from "../room/epoch-commit.js";
import { attack, type HostileScene, type Person } from "../testing/hostile-scene.js";
import type { Puppet } from "../testing/puppet.js";
import type { Outgoing } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import type { MemberId } from "../wire/events.js";
import { KIND, type Admission } from "../wire/kinds.js";

/** What somebody claims who wants to outrank every leader. */
const AHEAD = { epoch: 1000, members: 9 };

const isLed = (person: Person, id: MemberId) =>
  person.session.members.some((member) => member.id === id && member.leader);

/** Shares an epoch far ahead of the room's with everybody that the puppet has a session with. */
async function capture(
  scene: HostileScene,
  puppet: Puppet,
  people: readonly Person[],
  admission: Admission,
  { epoch } = AHEAD,
) {
  const members = people.map(({ id }) => id);
  const { rid } = scene.context(admission);
  const { held } = puppet.held === null ? puppet.commit({ members, rid }) : { held: puppet.held };
  const current = { ...held, commit: { ...held.commit, epoch: epoch - 1 } };
  const made = puppet.commit({ members, rid, current, reason: "merge" });
  puppet.hold(made);
  for (const id of members) {
    if (puppet.sessions.has(id)) await puppet.share(id, made.share);
    await scene.clock.advance(1_000);
  }
}

describe("somebody who was removed", () => {
  attack("cannot take the room back by a handshake from before, which was kept half done", async (scene) => {
    const verify = { admission: "verify" } as const;
    const [alice, bob] = [scene.person("alice", verify), scene.person("bob", verify)];
    await scene.connect(alice, bob);
    await scene.confirm(alice, bob);
    await scene.inOneEpoch(alice, bob);
    const mallory = scene.puppet("mallory", { room: scene.context("verify") });
    await mallory.join();
    assert.ok(await scene.clock.until(() => alice.session.pendingVerifications.length === 1, 30_000));
    await alice.session.confirm(mallory.id);
    assert.ok(await scene.clock.until(() => mallory.held !== null, 30_000), "mallory is a member");

    const heldBack: Outgoing[] = [];
    scene.relay.onSent = (from, message) => {
      if (from !== mallory.id || message.event !== "bb84_relay" || message.frame[1] !== KIND.M3) return [message];
      heldBack.push(message);
      return [];
    };
    await mallory.call(alice.id, 0);
    await mallory.call(bob.id, 0);
    await scene.clock.advance(500);
    assert.equal(heldBack.length, 2);
    void alice.session.kick(mallory.id);
    await scene.inOneEpoch(alice, bob);
    scene.relay.behave();
    for (const message of heldBack) await mallory.send(message);
    await scene.clock.advance(1_000);
    await capture(scene, mallory, [alice, bob], "verify");

    assert.deepEqual(
      [mallory.outcomes.get(bob.id), isLed(alice, mallory.id), isLed(bob, mallory.id)],
      [undefined, false, false],
    );
    assert.deepEqual([alice.abortCodes.at(-1), bob.abortCodes.at(-1)], ["NOT_MEMBER", "NOT_MEMBER"]);
    await scene.recovers(alice, bob);
  });
});

describe("a leader that approves its members", () => {
  for (const admission of ["link", "open"] as const) {
    attack(`is asked about somebody who claims to lead, too, before it follows (${admission})`, async (scene) => {
      const alice = scene.person("alice", { admission, approve: true });
      const bob = scene.person("bob", { admission });
      const knocks: string[] = [];
      alice.session.addEventListener("knock", ({ detail }) => void knocks.push(detail.peer.name));
      await scene.connect(alice, bob);
      assert.ok(await scene.clock.until(() => knocks.length === 1, 30_000));
      await alice.session.admit(bob.id);
      await scene.inOneEpoch(alice, bob);
      const mallory = scene.puppet("mallory", { room: scene.context(admission), isMember: false });
      await mallory.join("mallory", false);
      await scene.clock.advance(1_000);
      for (const { id } of [alice, bob]) await mallory.call(id, 1, AHEAD);
      await scene.clock.advance(1_000);
      assert.deepEqual(knocks, ["bob", "mallory"]);
      await capture(scene, mallory, [alice, bob], admission);

      assert.equal(knocks.length, 2);
      assert.deepEqual([isLed(alice, mallory.id), isLed(bob, mallory.id)], [false, false]);
      await alice.session.refuse(mallory.id);
      await scene.recovers(alice, bob);
      assert.ok(!isLed(alice, mallory.id));
    });
  }
});

describe("a member that leads after another", () => {
  for (const admission of ["link", "open"] as const) {
    attack(`is asked about who called it before it led, and sends a room key now (${admission})`, async (scene) => {
      const options = { admission, approve: true } as const;
      const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => scene.person(name, options));
      const knocks: string[] = [];
      for (const { name, session } of [alice, bob, carol])
        session.addEventListener("knock", ({ detail }) => void knocks.push(`${detail.peer.name} at ${name}`));
      await scene.connect(alice, bob, carol);
      assert.ok(await scene.clock.until(() => knocks.length === 2, 30_000));
      for (const { id } of [bob, carol]) await alice.session.admit(id);
      await scene.inOneEpoch(alice, bob, carol);
      const mallory = scene.puppet("mallory", { room: scene.context(admission), isMember: false });
      await mallory.join("mallory", false);
      await scene.clock.advance(2_000, 200);
      for (const { id } of [bob, carol]) await mallory.call(id, 1, AHEAD);
      await scene.clock.advance(2_000, 200);
      assert.equal(mallory.sessions.size, 2, "who does not lead answers a call");
      alice.session.destroy();
      await scene.inOneEpoch(bob, carol);
      await capture(scene, mallory, [bob, carol], admission);
      const leader = isLed(bob, bob.id) ? bob : carol;
      assert.deepEqual(knocks.slice(2), [`mallory at ${leader.name}`]);
      for (const person of [bob, carol]) assert.ok(!isLed(person, mallory.id), person.name);
      await leader.session.refuse(mallory.id);
      await scene.recovers(bob, carol);
    });
  }
});

describe("a leader that numbers its epoch as the last there is", () => {
  const captured = async (scene: HostileScene, epoch = EPOCH_LAST) => {
    const rank = { epoch, members: 9 };
    const [alice, bob] = await scene.together("alice", "bob");
    const mallory = scene.puppet("mallory");
    await mallory.join("mallory", false);
    await scene.clock.advance(1_000);
    for (const { id } of [alice, bob]) await mallory.call(id, 1, rank);
    await scene.clock.advance(1_000);
    await capture(scene, mallory, [alice, bob], "link", rank);
    assert.deepEqual([alice.session.epoch?.number, bob.session.epoch?.number], [epoch, epoch]);
    return { alice, bob, mallory };
  };
  const goesOn = async (scene: HostileScene, ...people: Person[]) => {
    await scene.recovers(...people);
    for (const { session } of people) assert.ok(session.epoch!.number < 10);
  };

  attack(
    "does not end the room: once it is gone the numbers begin anew",
    async (scene) => {
      const { alice, bob, mallory } = await captured(scene);
      mallory.leave();
      await goesOn(scene, alice, bob);
    },
    async (scene) => {
      const { alice, bob, mallory } = await captured(scene);
      await mallory.depart(bob.id);
      const carol = scene.person("carol");
      await scene.connect(carol);
      await goesOn(scene, alice, bob, carol);
    },
    async (scene) => {
      // The last number but one: who leads next makes the last, and goes on from there.
      const { alice, bob, mallory } = await captured(scene, EPOCH_LAST - 1);
      await mallory.depart(bob.id);
      await scene.inOneEpoch(alice, bob);
      assert.equal(alice.session.epoch?.number, EPOCH_LAST);
      const [leader, follower] = isLed(bob, alice.id) ? [alice, bob] : [bob, alice];
      await scene.clock.advance(40_000, 200); // both have taken over at once: now each has a session with the other
      await leader.session.rekey();
      assert.ok(
        await scene.clock.until(() => follower.session.epoch?.number === 1, 15_000),
        "the other follows at once",
      );
      await goesOn(scene, alice, bob);
      assert.ok(!follower.alarms.includes("ROLLBACK"));
    },
  );
});

describe("an ABORT that nobody sent", () => {
  attack("puts nobody out of the room for good", async (scene) => {
    const [alice, carol] = await scene.together("alice", "carol");
    const bob = scene.person("bob");
    let sid: Uint8Array | null = null;
    let forged = false;
    scene.relay.onSent = (from, message) => {
      if (from !== bob.id) return [message];
      if (message.event === "bb84_relay" && message.frame[1] === KIND.M2) sid = message.frame.slice(2, 10);
      if (forged || message.event !== "encrypted_message" || sid === null) return [message];
      forged = true; // in place of the ACK
      const header = { from: bob.id };
      scene.relay.inject(alice.id, { event: "bb84_signal", header, frame: encodeAbort(sid, "REJECTED") });
      return [];
    };
    await scene.connect(bob);
    await scene.clock.advance(5_000);
    assert.ok(forged);
    assert.deepEqual(alice.alarms, [], "nobody was asked, so nobody can have said no");
    await scene.recovers(alice, bob, carol);
  });

  attack("takes no member out while the room re-keys", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    let forged = false;
    scene.relay.onPassing = ({ from, to, message }) => {
      if (forged || from !== bob.id || to !== alice.id) return [message];
      if (message.event !== "bb84_signal" || message.frame[1] !== KIND.M4) return [message];
      forged = true;
      const header = { from: bob.id };
      const frame = encodeAbort(message.frame.slice(2, 10), "REJECTED");
      return [message, { event: "bb84_signal", header, frame }];
    };
    void alice.session.rekey();
    await scene.clock.advance(15_000, 50);
    assert.ok(forged);
    await scene.recovers(alice, bob, carol);
  });
});

describe("a name that is taken", () => {
  attack("is free again for who reloads, as soon as the old page counts as gone", async (scene) => {
    const options = { metadata: "minimal" } as const;
    const [alice, bob] = await scene.together(scene.person("alice", options), scene.person("bob", options));
    scene.relay.cut(bob.id);
    await scene.clock.advance(500);
    const again = scene.person("bob", options);
    await scene.connect(again);
    await scene.clock.advance(5_000);
    assert.deepEqual([alice.alarms, again.session.state !== "secured"], [["NAME"], true]);
    await scene.recovers(alice, again);
    assert.deepEqual(alice.alarms, ["NAME"]);
  });
});

describe("ids that nobody has", () => {
  attack("in the relay's frames are not all remembered, and members go on talking", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const fresh = () => toBase64url(secureRandom(32));
    for (let i = 0; i < 1_000; i++) {
      scene.relay.inject(alice.id, {
        event: "encrypted_message",
        header: { from: fresh() },
        frame: new Uint8Array(30),
      });
    }
    await scene.clock.settle();
    assert.ok(alice.alarms.filter((code) => code === "SENDER").length > 700, "most are refused unread");
    await scene.clock.advance(70_000, 1_000);
    const refused = () => alice.alarms.filter((code) => code === "SENDER").length;
    const before = refused();
    scene.relay.inject(alice.id, { event: "encrypted_message", header: { from: fresh() }, frame: new Uint8Array(30) });
    await scene.clock.settle();
    assert.equal(refused(), before, "the strangers of a minute ago are forgotten");
    await scene.recovers(alice, bob);
  });

  attack("and that the relay lists for a moment are not all remembered either", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const fresh = (): MemberId => toBase64url(secureRandom(32));
    const names = Array.from({ length: 200 }, (_, n) => ({ id: fresh(), username: `ghost ${n}`, online: true }));
    const frameOf = (id: MemberId) => ({
      event: "encrypted_message" as const,
      header: { from: id },
      frame: new Uint8Array(30),
    });
    scene.relay.listFor = (_, list) => ({ ...list, members: [...list.members, ...names] });
    scene.relay.tellLists();
    await scene.clock.advance(1_000);
    scene.relay.behave();
    scene.relay.tellLists();
    await scene.clock.advance(70_000, 1_000);
    const refused = () => alice.alarms.filter((code) => code === "SENDER").length;
    for (let i = 0; i < 200; i++) scene.relay.inject(alice.id, frameOf(fresh()));
    await scene.clock.settle();
    assert.equal(refused(), 0, "there is room for as many others");
    await scene.recovers(alice, bob);
  });
});
