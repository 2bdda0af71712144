import assert from "node:assert/strict";
import { describe } from "node:test";
import { attack, type HostileScene, type Person } from "../testing/hostile-scene.js";
import type { Outgoing, Transport } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";

/** The relay passes nothing that somebody says in the present epoch: to one, or to anybody. */
function withhold(scene: HostileScene, sender: string, receiver?: string): void {
  let kid: string | null = null;
  scene.relay.onPassing = ({ from, to, message }) => {
    if (from !== sender || message.event !== "group_message") return [message];
    const own = Buffer.from(message.frame.subarray(2, 10)).toString("hex");
    kid ??= own;
    return own === kid && (receiver ?? to) === to ? [] : [message];
  };
}

/** The relay says once that somebody left who did not. */
async function sayDeparted({ relay, clock }: HostileScene, { id }: Person): Promise<void> {
  relay.listFor = (to, list) =>
    to === id ? list : { ...list, members: list.members.filter((member) => member.id !== id), departed: id };
  relay.tellLists();
  await clock.advance(1_000, 200);
  relay.listFor = (_, list) => list;
  relay.tellLists();
}

/** A link over which the relay keeps what is said to itself, until it is asked for the last time, and says then that it took it. */
function takesLate(link: Transport, isHolding: () => boolean): Transport {
  let since: number | null = null;
  const send = async (message: Outgoing) => {
    if (!isHolding() || message.event !== "group_message") return link.send(message);
    since ??= Date.now();
    await new Promise((done) => setTimeout(done, 9_500));
    if (Date.now() - since > 65_000) return { ok: true as const };
    throw new QsecError("link_lost", "No answer.");
  };
  return new Proxy(link, {
    get(target, key) {
      if (key === "send") return send;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

describe("a relay that does not deliver", () => {
  attack("what was said while a link was down comes when it is back, before what is said after", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    scene.relay.cut(bob.id);
    await scene.clock.advance(100);
    const texts = [scene.say(alice), scene.say(alice)];
    await scene.clock.advance(1_000);
    scene.relay.restore(bob.id);
    await scene.clock.advance(100);
    texts.push(scene.say(alice));
    await scene.clock.advance(1_000);
    assert.deepEqual([bob.read, carol.read], [[], texts]);
    await scene.clock.advance(10_000, 250);
    assert.deepEqual(bob.read, texts);
    assert.deepEqual([alice.alarms, bob.alarms, carol.alarms], [[], [], []]);
    await scene.recovers(alice, bob, carol);
  });

  attack(
    "a message that the relay refuses for now comes once and in order, one that it refuses for good never",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      const frames: string[] = [];
      scene.relay.refuses = (from, message) => {
        if (from !== alice.id || message.event !== "group_message") return null;
        frames.push(Buffer.from(message.frame).toString("hex"));
        return frames.length <= 3 ? "rate_limited" : null;
      };
      const texts = Array.from({ length: 3 }, () => scene.say(alice));
      await scene.clock.advance(60_000, 250);
      assert.equal(new Set(frames.slice(0, 4)).size, 1, "the same bytes");
      assert.deepEqual([bob.read, alice.messages.map(({ text }) => text)], [texts, texts]);
      assert.deepEqual([alice.alarms, bob.alarms, alice.errors], [[], [], []]);
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
      scene.relay.refuses = (from, { event }) => (from === bob.id && event === "group_message" ? "internal" : null);
      const failed = assert.rejects(bob.session.send("said once more"), { code: "internal" });
      await scene.clock.advance(1_000);
      await failed;
      scene.relay.behave();
      await scene.clock.advance(65_000, 500);
      assert.deepEqual([alice.read, carol.read, bob.messages], [[], [], []]);
      scene.say(bob, "said once more");
      await scene.clock.advance(30_000, 500);
      assert.deepEqual([alice.read, carol.read], [["said once more"], ["said once more"]]);
      assert.deepEqual([alice.alarms, bob.alarms, carol.alarms], [[], [], []]);
      await scene.recovers(alice, bob, carol);
    },
  );

  attack(
    "a message that nobody gets is told to its sender, also when the relay has the room key changed at once",
    async (scene) => {
      const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
      withhold(scene, bob.id);
      scene.say(bob);
      await scene.clock.advance(180_000, 500);
      assert.deepEqual([alice.read, carol.read], [[], []]);
      assert.deepEqual([alice.alarms, bob.alarms, carol.alarms], [[], ["MISSED"], []]);
      await scene.recovers(alice, bob, carol);
    },
    async (scene) => {
      const [alice, bob, carol, dave] = await scene.together("alice", "bob", "carol", "dave");
      await scene.clock.advance(5_000, 500);
      const { number } = bob.session.epoch!;
      withhold(scene, bob.id);
      scene.say(bob);
      await scene.clock.advance(200);
      await sayDeparted(scene, dave);
      await scene.clock.advance(90_000, 500);
      assert.ok(bob.session.epoch!.number > number);
      assert.deepEqual([alice.read, carol.read], [[], []]);
      assert.deepEqual([alice.alarms, bob.alarms, carol.alarms], [[], ["MISSED"], []]);
      dave.session.destroy();
      await scene.recovers(alice, bob, carol);
    },
    async (scene) => {
      const [alice, bob, carol, dave] = await scene.together("alice", "bob", "carol", "dave");
      await scene.clock.advance(5_000, 500);
      withhold(scene, alice.id, bob.id);
      const text = scene.say(alice);
      await scene.clock.advance(5_000, 500);
      await sayDeparted(scene, dave);
      await scene.clock.advance(90_000, 500);
      assert.deepEqual([bob.read, carol.read], [[], [text]]);
      assert.deepEqual([alice.alarms, bob.alarms, carol.alarms], [["MISSED"], ["MISSED"], []]);
      dave.session.destroy();
      await scene.recovers(alice, bob, carol);
    },
    async (scene) => {
      // It takes what is said only when nobody can open it any more.
      let isHolding = false;
      const [alice, carol, dave] = ["alice", "carol", "dave"].map((name) => scene.person(name));
      const bob = scene.person("bob", { transport: takesLate(scene.relay.transport(), () => isHolding) });
      await scene.together(alice, bob, carol, dave);
      await scene.clock.advance(5_000, 500);
      isHolding = true;
      const sent = bob.session.send("taken late");
      scene.expect(bob.id, "taken late");
      await scene.clock.advance(200);
      await sayDeparted(scene, dave);
      await scene.clock.advance(55_000, 250);
      const isEver = bob.messages.length;
      await scene.clock.advance(20_000, 250);
      isHolding = false;
      await sent;
      assert.deepEqual([isEver, alice.read, carol.read, bob.alarms], [0, [], [], ["MISSED"]]);
      dave.session.destroy();
      await scene.recovers(alice, bob, carol);
    },
  );
});
