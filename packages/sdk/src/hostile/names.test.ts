import assert from "node:assert/strict";
import { describe } from "node:test";
import type { EpochDetail } from "../room/events.js";
import { attack, row, type HostileScene, type Person } from "../testing/hostile-scene.js";
import type { Puppet } from "../testing/puppet.js";

/** A leader that has turned, three who follow it, and emoji that bob and dave have compared. */
async function comparedUnderMallory(
  scene: HostileScene,
): Promise<{ mallory: Puppet; bob: Person; carol: Person; dave: Person }> {
  const mallory = scene.puppet("mallory");
  await mallory.join();
  const [bob, carol, dave] = ["bob", "carol", "dave"].map((name) => scene.person(name));
  await scene.connect(bob, carol, dave);
  for (const { id } of [bob, carol, dave]) await mallory.call(id);
  await scene.clock.advance(500);
  await mallory.lead([bob.id, carol.id, dave.id]);
  await scene.clock.advance(3_000);
  void bob.session.verify(dave.id);
  await scene.confirm(bob, dave);
  await scene.clock.advance(1_000);
  return { mallory, bob, carol, dave };
}

/** Says goodbye, stays on the relay, and offers itself under another name. */
async function comesBackAs(scene: HostileScene, mallory: Puppet, name: string): Promise<void> {
  await mallory.bye();
  await scene.clock.advance(2_000);
  mallory.self = { ...mallory.self, name };
  await mallory.announce();
  await scene.clock.advance(500);
  scene.relay.tellLists();
  await scene.clock.advance(10_000, 500);
}

describe("who gives a member another name", () => {
  row(
    44,
    "a leader that gives members other people's names is refused by them, and by who knows their names from themselves",
    async (scene) => {
      const { mallory, bob, carol, dave } = await comparedUnderMallory(scene);
      const shown = () => bob.session.members.map(({ name, badge }) => `${name} ${badge}`);
      const before = shown();
      assert.ok(before.includes("dave verified"));
      // The relay colludes, so that its list does not give the leader away.
      const lie = new Map([
        [carol.id, "dave"],
        [dave.id, "carol"],
      ]);
      scene.relay.listFor = (_, list) => ({
        ...list,
        members: list.members.map((member) => ({ ...member, username: lie.get(member.id) ?? member.username })),
      });
      const members = [bob.id, carol.id, dave.id];
      const { share } = mallory.commit({ members, reason: "rekey", names: Object.fromEntries(lie) });
      for (const id of members) await mallory.share(id, share);
      await scene.clock.settle();
      for (const person of [bob, carol, dave]) assert.deepEqual(person.alarms, ["NAME"], person.name);
      const text = scene.say(dave, "I am dave");
      await scene.clock.advance(5_000, 500);
      assert.deepEqual(
        bob.messages.map((message) => [message.fromName, message.text]),
        [["dave", text]],
      );
      assert.deepEqual(shown(), before);
      await mallory.depart(bob.id);
      await scene.recovers(bob, carol, dave);
    },
    async (scene) => {
      // A member that works together with its leader: it signs one name to bob and goes under another in the roster.
      const { mallory, bob, carol } = await scene.called();
      const dave = scene.puppet("dave");
      await dave.join("erin");
      await scene.clock.advance(500);
      await mallory.call(dave.id);
      await scene.clock.advance(500);
      const made = mallory.commit({ members: [bob.id, carol.id, dave.id], names: { [dave.id]: "erin" } });
      mallory.hold(made);
      for (const { id } of [bob, carol, dave]) await mallory.share(id, made.share);
      await scene.clock.advance(1_000);
      assert.deepEqual([bob.session.epoch?.members, bob.alarms], [4, []]);
      await dave.call(bob.id, 0);
      await scene.clock.advance(1_000);
      assert.deepEqual(bob.alarms, ["NAME"]);
      await dave.depart();
      await mallory.depart(bob.id);
      await scene.recovers(bob, carol);
    },
  );

  row(
    44,
    "a member that comes back under another name leaves first, and is shown nowhere under the wrong one",
    async (scene) => {
      const first = scene.puppet("mallory");
      const [alice, bob] = [scene.person("alice"), scene.person("bob")];
      await scene.connect(alice, bob);
      await first.join();
      await scene.clock.advance(3_000);
      void bob.session.verify(first.id);
      await scene.clock.advance(3_000);
      await bob.session.confirm(first.id);
      assert.equal(bob.badge(first.id), "verified");
      const epochs: EpochDetail[] = [];
      bob.session.addEventListener("epoch", ({ detail }) => void epochs.push(detail));
      // The relay hides that the first went, so that the second is taken for the same device.
      scene.relay.onPassing = ({ message }) => (message.event === "user_list" ? [] : [message]);
      first.leave();
      const second = scene.puppet("carol", { seed: first.self.seed });
      await second.join();
      await scene.clock.settle();
      void alice.session.rekey();
      await scene.clock.advance(15_000);
      scene.relay.behave();
      await second.announce();
      await scene.clock.advance(5_000);
      assert.deepEqual(
        epochs.flatMap(({ joined, left }) => [
          ...left.map(({ name }) => `-${name}`),
          ...joined.map(({ name }) => `+${name}`),
        ]),
        ["-mallory", "+carol"],
      );
      assert.equal(second.held!.commit.roster.length, 3);
      assert.deepEqual([alice.alarms, bob.alarms], [[], []]);
      await second.depart();
      await scene.recovers(alice, bob);
    },
  );

  row(
    44,
    "a member that was verified is not verified under another name, and meets the gate anew",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      const mallory = scene.puppet("mallory");
      await mallory.join();
      await scene.clock.advance(3_000);
      void alice.session.verify(mallory.id);
      await scene.clock.settle();
      await alice.session.confirm(mallory.id);
      assert.equal(alice.badge(mallory.id), "verified");
      await comesBackAs(scene, mallory, "carol");
      const { name, badge } = alice.session.members.find(({ id }) => id === mallory.id)!;
      assert.deepEqual([name, badge], ["carol", "link"]);
      await mallory.depart();
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const [alice, bob] = ["alice", "bob"].map((name) => scene.person(name, { admission: "verify" }));
      await scene.connect(alice, bob);
      await scene.confirm(alice, bob);
      await scene.inOneEpoch(alice, bob);
      const mallory = scene.puppet("mallory", { room: scene.context("verify") });
      await mallory.join();
      assert.ok(await scene.clock.until(() => alice.session.pendingVerifications.length === 1, 30_000));
      await alice.session.confirm(mallory.id);
      await scene.clock.advance(3_000);
      assert.equal(alice.badge(mallory.id), "verified");
      const shares = mallory.shares.length;
      await comesBackAs(scene, mallory, "carol");
      assert.deepEqual(
        alice.session.pendingVerifications.map(({ peer }) => peer.name),
        ["carol"],
      );
      assert.deepEqual([alice.badge(mallory.id), mallory.shares.length], ["waiting", shares]);
      mallory.leave();
      await scene.recovers(alice, bob);
    },
  );

  for (const admission of ["link", "open"] as const) {
    attack(`cannot keep members from an epoch by another name that it signs to them (${admission})`, async (scene) => {
      const people = ["alice", "bob", "carol"].map((name) => scene.person(name, { admission }));
      const [alice, bob, carol] = await scene.together(...people);
      const dave = scene.puppet("nobody", { room: scene.context(admission) });
      await dave.join("dave", false);
      await scene.clock.advance(1_000);
      for (const { id } of [bob, carol]) await dave.call(id, 1);
      await scene.clock.advance(1_500);
      assert.equal(dave.sessions.size, 2);
      dave.self = { ...dave.self, name: "dave" };
      await dave.announce();
      await scene.clock.advance(10_000, 500);
      for (const person of [alice, bob, carol]) assert.equal(person.session.epoch?.members, 4, person.name);
      assert.deepEqual([alice.alarms, bob.alarms, carol.alarms], [[], ["NAME"], ["NAME"]]);
      dave.leave();
      await scene.recovers(alice, bob, carol);
    });
  }
});
