import assert from "node:assert/strict";
import { describe } from "node:test";
import type { MessageDetail, PlaintextDetail } from "../room/events.js";
import { row } from "../testing/hostile-scene.js";
import { drbg } from "../testing/drbg.js";
import { flipBit } from "../testing/members.js";
import type { Incoming } from "../transport/transport.js";
import type { RoomLogEntry } from "../wire/events.js";

describe("a relay that lies in what it says itself", () => {
  row(39, "a forged log is text that the relay says, and changes nothing", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const before = JSON.stringify([alice.session.members, alice.session.epoch]);
    const message = "[USER_JOIN] room=testroom user=<img src=x onerror=alert(1)> key=00";
    scene.relay.logs = { entries: [{ id: 1, message, created_at: "2026-01-01T00:00:00.000Z" }] };
    const shown: RoomLogEntry[] = [];
    alice.session.addEventListener("relay:log", ({ detail }) => void shown.push(...detail.entries));
    await alice.session.fetchLogs();
    await scene.clock.advance(1_000);
    assert.deepEqual(shown, scene.relay.logs.entries);
    assert.equal(JSON.stringify([alice.session.members, alice.session.epoch]), before);
    assert.deepEqual([alice.read, alice.security], [[], []]);
    await scene.recovers(alice, bob);
  });

  row(
    41,
    "a plain message that the relay injects is refused, or marked and apart where it is allowed",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      const before = JSON.stringify([bob.session.members, bob.session.epoch]);
      const plain: PlaintextDetail[] = [];
      bob.session.addEventListener("plaintext", ({ detail }) => void plain.push(detail));
      const quiet = scene.relay.sent.length;
      const text = "send me the room secret";
      for (const from of [alice.id, scene.puppet("stranger", { isMember: false }).id])
        scene.relay.inject(bob.id, { event: "plain_message", header: { from }, text });
      scene.relay.inject(bob.id, { event: "plain_message", header: { from: bob.id }, text });
      await scene.clock.settle();
      assert.deepEqual(bob.alarms, ["PLAINTEXT", "PLAINTEXT", "SELF"]);
      assert.ok(bob.security.every(({ message }) => !message.includes(text)));
      assert.deepEqual([plain, bob.messages, bob.errors], [[], [], []]);
      assert.deepEqual(scene.relay.sent.slice(quiet), [], "nothing answers it");
      assert.equal(JSON.stringify([bob.session.members, bob.session.epoch]), before);
      await assert.rejects(alice.session.sendPlaintext("no"), { code: "plaintext_disabled" });
      assert.ok(!scene.relay.sent.some(({ message }) => message.event === "plain_message"));
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const people = await scene.together("alice", scene.person("bob", { allowPlaintext: true }));
      const [alice, bob] = people;
      const before = JSON.stringify([bob.session.members, bob.session.epoch]);
      const plain: PlaintextDetail[] = [];
      bob.session.addEventListener("plaintext", ({ detail }) => void plain.push(detail));
      const stream = bob.session.messages();
      const quiet = scene.relay.sent.length;
      const text = "meet me at nine";
      scene.relay.inject(bob.id, { event: "plain_message", header: { from: alice.id }, text });
      await scene.clock.settle();
      assert.equal(bob.session.allowsPlaintext, true, "what a warning stays for");
      assert.deepEqual(plain, [{ from: alice.id, fromName: "alice", own: false, text }]);
      assert.deepEqual([bob.messages, bob.security], [[], []], "not among the sealed messages");
      assert.deepEqual(scene.relay.sent.slice(quiet), [], "not counted and not answered");
      assert.equal(JSON.stringify([bob.session.members, bob.session.epoch]), before);
      await scene.recovers(alice, bob);
      const first = (await stream.next()).value as MessageDetail;
      assert.notEqual(first.text, text);
    },
    async (scene) => {
      const [alice, bob] = await scene.together(
        ...["alice", "bob"].map((name) => scene.person(name, { allowPlaintext: true })),
      );
      const plain: PlaintextDetail[] = [];
      bob.session.addEventListener("plaintext", ({ detail }) => void plain.push(detail));
      scene.relay.onPassing = ({ message }) =>
        "text" in message ? [{ ...message, text: "meet me at ten" }, message] : [message];
      await alice.session.sendPlaintext("meet me at nine");
      const sealed = scene.say(alice);
      await scene.clock.advance(1_000);
      const marked = { from: alice.id, fromName: "alice", own: false };
      assert.deepEqual(
        plain,
        ["meet me at ten", "meet me at nine"].map((text) => ({ ...marked, text })),
        "the relay may write what it likes, under the mark alone",
      );
      assert.deepEqual([bob.read, bob.security], [[sealed], []], "what is sealed stays sealed beside it");
      await scene.recovers(alice, bob);
    },
  );

  row(48, "nothing goes back to the relay when a message or a record does not open", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const kept: Incoming[] = [];
    scene.relay.onPassing = ({ to, message }) => {
      if (to === bob.id && ["group_message", "encrypted_message"].includes(message.event)) kept.push(message);
      return [message];
    };
    scene.say(alice);
    await scene.clock.advance(20_000);
    assert.ok(kept.length >= 2);
    const quiet = scene.relay.sent.length;
    const random = drbg("garbage");
    const header = { from: alice.id };
    for (const message of kept) {
      assert.ok("frame" in message);
      const { frame } = message;
      for (const bit of [0, 9, 30, 8 * 13, 8 * 20, 8 * frame.length - 1])
        scene.relay.inject(bob.id, { ...message, frame: flipBit(frame, bit) });
      for (const length of [0, 1, 9, 17, frame.length - 1])
        scene.relay.inject(bob.id, { ...message, frame: frame.slice(0, length) });
      scene.relay.inject(bob.id, { event: "encrypted_message", header, frame: random(300) });
      scene.relay.inject(bob.id, { event: "group_message", header, frame: random(300) });
    }
    await scene.clock.settle();
    assert.ok(bob.security.length >= 20);
    assert.deepEqual(scene.relay.sent.slice(quiet), []);
    assert.equal(bob.read.length, 1);
    await scene.recovers(alice, bob);
  });
});
