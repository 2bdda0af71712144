import assert from "node:assert/strict";
import { describe } from "node:test";
import { encodeDirect } from "../room/records.js";
import type { DirectDetail } from "../room/events.js";
import { row, type Person } from "../testing/hostile-scene.js";
import { utf8 } from "../wire/bytes.js";
import { KIND } from "../wire/kinds.js";

function directsOf({ session }: Person): DirectDetail[] {
  const details: DirectDetail[] = [];
  session.addEventListener("direct", ({ detail }) => void details.push(detail));
  return details;
}

const textsOf = (directs: readonly DirectDetail[]) => directs.map(({ text }) => text);
const content = (text: string, ms = 1) => encodeDirect({ type: 1, ms, body: utf8(text) });

describe("private messages on a relay that does its worst", () => {
  row(
    42,
    "a private message on another event, or from somebody who is not let in, is refused",
    async (scene) => {
      const [alice, bob] = await scene.together("alice", "bob");
      const directs = directsOf(bob);
      scene.relay.onPassing = ({ to, message }) => {
        if (to !== bob.id || message.event !== "encrypted_message" || message.frame[1] !== KIND.DIRECT)
          return [message];
        return [
          { ...message, event: "roomkey_share" },
          { ...message, event: "group_message" },
          { ...message, event: "bb84_signal" },
        ];
      };
      scene.expect(alice.id, "for bob alone");
      const sent = alice.session.sendDirect(bob.id, "for bob alone");
      await scene.clock.advance(2_000);
      assert.deepEqual([directs, bob.alarms], [[], ["KIND", "KIND", "KIND"]]);
      scene.relay.behave();
      await scene.clock.advance(10_000);
      assert.equal((await sent).own, true);
      assert.deepEqual(textsOf(directs), ["for bob alone"]);
      await scene.recovers(alice, bob);
      assert.deepEqual(bob.read.includes("for bob alone"), false, "never among the messages of the room");
    },
    async (scene) => {
      const alice = scene.person("alice", { approve: true });
      await scene.connect(alice);
      const directs = directsOf(alice);
      const mallory = scene.puppet("mallory");
      await mallory.join();
      await scene.clock.advance(2_000);
      await mallory.record(alice.id, KIND.DIRECT, content("let me in"));
      await scene.clock.advance(1_000);
      assert.deepEqual([directs, alice.alarms], [[], ["GATE"]]);
      await alice.session.admit(mallory.id);
      await scene.clock.advance(1_000);
      await mallory.record(alice.id, KIND.DIRECT, content("thank you", 2));
      await mallory.record(alice.id, KIND.DIRECT, content("thank you", 2));
      await mallory.record(alice.id, KIND.DIRECT, Uint8Array.of(4, ...content("x").slice(1)));
      await scene.clock.advance(1_000);
      assert.deepEqual([textsOf(directs), alice.alarms], [["thank you"], ["GATE", "DECODE"]]);
      mallory.leave();
      const bob = scene.person("bob");
      await scene.connect(bob);
      await scene.clock.advance(2_000);
      await alice.session.admit(bob.id);
      await scene.recovers(alice, bob);
    },
    async (scene) => {
      const [alice, bob] = ["alice", "bob"].map((name) => scene.person(name, { admission: "verify" }));
      await scene.connect(alice);
      const directs = directsOf(alice);
      const mallory = scene.puppet("mallory", { room: scene.context("verify"), isMember: false });
      await mallory.join();
      await scene.clock.advance(2_000);
      await mallory.record(alice.id, KIND.DIRECT, content("it is me, bob"));
      await scene.clock.advance(1_000);
      assert.deepEqual([directs, alice.alarms], [[], ["GATE"]]);
      await assert.rejects(alice.session.sendDirect(mallory.id, "are you?"), { code: "not_secured" });
      assert.deepEqual(scene.relay.framesOf("encrypted_message", KIND.DIRECT, alice.id), []);
      mallory.leave();
      await scene.connect(bob);
      await scene.confirm(alice, bob);
      await scene.recovers(alice, bob);
    },
  );

  row(
    28,
    "a private message is shown once, also when the relay says meanwhile that its sender has left",
    async (scene) => {
      const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
      const directs = directsOf(alice);
      scene.relay.onPassing = ({ from, to, message }) =>
        from === alice.id && to === bob.id && message.event === "encrypted_message" && message.frame[1] === KIND.ACK
          ? []
          : [message];
      scene.expect(bob.id, "pay 100 to carol");
      const sent = bob.session.sendDirect(alice.id, "pay 100 to carol");
      await scene.clock.advance(2_000);
      assert.deepEqual(textsOf(directs), ["pay 100 to carol"]);
      scene.relay.listFor = (to, list) =>
        to === alice.id ? { ...list, members: list.members.filter(({ id }) => id !== bob.id), departed: bob.id } : list;
      scene.relay.tellLists();
      await scene.clock.advance(1_000);
      assert.deepEqual(
        alice.session.members.map(({ name }) => name),
        ["alice", "carol"],
      );
      scene.relay.behave();
      await scene.clock.advance(50_000, 500);
      assert.equal((await sent).own, true, "bob has sent it again, and learnt that it arrived");
      assert.deepEqual(textsOf(directs), ["pay 100 to carol"]);
      await scene.recovers(alice, bob, carol);
    },
  );
});
