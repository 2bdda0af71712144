import assert from "node:assert/strict";
import { describe } from "node:test";
import type { PublishedDetail } from "../room/events.js";
import { attack, type HostileScene, type Person } from "../testing/hostile-scene.js";
import { flipBit } from "../testing/members.js";
import type { Incoming } from "../transport/transport.js";
import { fromUtf8, utf8 } from "../wire/bytes.js";

type Relayed = Extract<Incoming, { event: "relay" }>;

/** What a person is shown of others' applications, as text. */
function shownTo({ session }: Person): string[] {
  const shown: string[] = [];
  session.addEventListener("published", ({ detail: { fromName, type, data } }: CustomEvent<PublishedDetail>) => {
    shown.push(`${fromName} ${type} ${fromUtf8(data)}`);
  });
  return shown;
}

/** A frame of alice's that the relay has kept from bob. */
async function heldBack(scene: HostileScene, alice: Person, bob: Person): Promise<Relayed> {
  const held: Relayed[] = [];
  scene.relay.onPassing = ({ to, message }) => {
    if (message.event !== "relay" || to !== bob.id) return [message];
    held.push(message);
    return [];
  };
  await alice.session.publish("chess:move", utf8("e2e4 is my move"));
  await scene.clock.advance(500);
  scene.relay.onPassing = ({ message }) => [message];
  assert.equal(held.length, 1);
  return held[0];
}

describe("a relay that attacks what applications publish", () => {
  attack("under another type or sender, altered or cut it is not shown, and nothing is burnt", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const shown = shownTo(bob);
    const held = await heldBack(scene, alice, bob);
    const before = JSON.stringify([bob.session.members, bob.session.epoch]);
    const quiet = scene.relay.sent.length;
    const { header, frame } = held;
    const wrong: [string, Incoming][] = [
      ["KIND", { ...held, header: { ...header, type: "chess:resign" } }],
      ["KIND", { ...held, header: { ...header, type: "chess:mov" } }],

      ["DECRYPT", { ...held, frame: flipBit(frame, 8 * 40) }],
      ["SELF", { ...held, frame: frame.with(11, 1) }],
      ["DECRYPT", { ...held, frame: frame.with(11, 2) }],
      ["GAP", { ...held, frame: frame.with(14, 9) }],
      ["DECODE", { ...held, frame: frame.slice(0, 15) }],
      ["KIND", { ...held, frame: frame.with(1, 0x14) }],
      ["DECODE", { ...held, frame: utf8("not sealed") }],
    ];
    for (const [code, message] of wrong) {
      scene.relay.inject(bob.id, message);
      await scene.clock.settle();
      assert.equal(bob.alarms.at(-1), code);
    }
    assert.equal(bob.alarms.length, wrong.length);
    assert.deepEqual([shown, bob.read], [[], []]);
    assert.deepEqual(scene.relay.sent.slice(quiet), [], "nothing answers it");
    assert.equal(JSON.stringify([bob.session.members, bob.session.epoch]), before);
    // Whose name the relay gives does not matter: the sealed bytes say who it was.
    scene.relay.inject(bob.id, { ...held, header: { ...header, from: carol.id } });
    await scene.clock.settle();
    assert.deepEqual(shown, ["alice chess:move e2e4 is my move"]);
    await scene.recovers(alice, bob, carol);
  });

  attack("what is replayed or doubled is shown once", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const shown = shownTo(bob);
    const kept: Incoming[] = [];
    scene.relay.onPassing = ({ message }) => {
      if (message.event !== "relay") return [message];
      kept.push(message);
      return [message, message];
    };
    await alice.session.publish("dice", utf8("a six, I swear"));
    await scene.clock.advance(1_000);
    for (const message of kept) scene.relay.inject(bob.id, message);
    await scene.clock.advance(1_000);
    assert.deepEqual(shown, ["alice dice a six, I swear"]);
    assert.deepEqual([bob.alarms, bob.notes], [[], ["REPLAY", "REPLAY"]]);
    await scene.recovers(alice, bob);
  });

  attack("a message, an order of the leader or bytes of encrypt() are nobody's published bytes", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const shown = shownTo(bob);
    const held: Incoming[] = [];
    scene.relay.onPassing = ({ to, message }) => {
      if (message.event !== "group_message" || to !== bob.id) return [message];
      held.push(message);
      return [];
    };
    const text = scene.say(alice);
    await scene.clock.advance(500);
    const frame = await alice.session.encrypt(utf8("on a way of its own"));
    for (const bytes of [...held.map((message) => ("frame" in message ? message.frame : frame)), frame])
      scene.relay.inject(bob.id, { event: "relay", header: { from: alice.id, type: "cursor" }, frame: bytes });
    await scene.clock.settle();
    assert.deepEqual(bob.alarms, ["KIND", "KIND"]);
    for (const message of held) scene.relay.inject(bob.id, message);
    await scene.clock.settle();
    assert.deepEqual([shown, bob.read], [[], [text]], "the true one still opens");
    assert.deepEqual((await bob.session.decrypt(frame)).data, utf8("on a way of its own"));
    await scene.recovers(alice, bob);
  });

  attack("what comes before its epoch waits for it, and bytes of an epoch that never comes are told", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const shown = shownTo(bob);
    const shares: Incoming[] = [];
    scene.relay.onPassing = ({ to, message }) => {
      if (message.event !== "roomkey_share" || to !== bob.id) return [message];
      shares.push(message);
      return [];
    };
    const carol = scene.person("carol");
    await scene.connect(carol);
    assert.ok(await scene.clock.until(() => carol.session.state === "secured", 20_000, 100));
    await carol.session.publish("hello", utf8("from the new epoch"));
    await scene.clock.settle();
    assert.deepEqual([shown, bob.alarms], [[], []]);
    for (const message of shares) scene.relay.inject(bob.id, message);
    await scene.clock.advance(500);
    assert.deepEqual(shown, ["carol hello from the new epoch"]);
    scene.relay.onPassing = ({ message }) => [message];
    await alice.session.publish("later", utf8("for an epoch that nobody has"));
    const [{ message }] = scene.relay.sent.filter(({ message: sent }) => sent.event === "relay").slice(-1);
    assert.ok("frame" in message);
    const unknown = message.frame.with(2, message.frame[2] ^ 1);
    scene.relay.inject(bob.id, { event: "relay", header: { from: alice.id, type: "later" }, frame: unknown });
    await scene.clock.advance(11_000);
    assert.deepEqual([shown.length, bob.alarms.at(-1)], [2, "EPOCH"]);
    await scene.recovers(alice, bob, carol);
  });

  attack("what a removed member publishes is shown to nobody", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const shown = [alice, bob].map(shownTo);
    const held = await heldBack(scene, carol, bob);
    await alice.session.kick(carol.id);
    await scene.inOneEpoch(alice, bob);
    shown[0].length = 0;
    scene.relay.inject(bob.id, held);
    await scene.clock.settle();
    assert.deepEqual(shown, [[], []]);
    assert.equal(bob.security.at(-1)?.code, "EPOCH");
    await scene.recovers(alice, bob);
  });
});
