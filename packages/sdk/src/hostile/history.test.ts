import assert from "node:assert/strict";
import { describe } from "node:test";
import { createRoomSecret } from "../handshake/room-secret.js";
import { CONTENT_TYPE, sealGroupMessage } from "../room/group-message.js";
import type { HistoryDetail } from "../session/events.js";
import { attack, row, type HostileScene, type Person } from "../testing/hostile-scene.js";
import { flipBit } from "../testing/members.js";
import type { Made, Puppet } from "../testing/puppet.js";
import { trackArraysUntil } from "../testing/tracked-arrays.js";
import type { HistoryReply } from "../transport/transport.js";
import { concat, utf8 } from "../wire/bytes.js";
import type { MemberId } from "../wire/events.js";
import type { StoredMessage } from "../wire/history-events.js";
import { u16, u32 } from "../wire/writer.js";

type Stored = StoredMessage<Uint8Array>;
/** Key and nonce of a message, as a step of a Chain derives them. */
const MESSAGE_KEY_BYTES = 44;
const TEXTS = ["one", "two", "three", "four"].map((text) => `the text number ${text}`);

/** Two members in a room with history that Alice shares, in which she has said four things. */
async function conversation(scene: HostileScene): Promise<[Person, Person]> {
  const [alice, bob] = [scene.person("alice", { history: true, shareHistory: true }), scene.person("bob")];
  await scene.together(alice, bob);
  for (const text of TEXTS) {
    scene.say(alice, text);
    await scene.clock.advance(500);
  }
  assert.deepEqual(bob.read, TEXTS);
  return [alice, bob];
}

/** Carol comes while the relay changes what it has kept; resolves with what she was told of it. */
async function comes(
  scene: HostileScene,
  inside: readonly Person[],
  change: (stored: readonly Stored[]) => readonly Stored[],
): Promise<[Person, HistoryDetail]> {
  scene.relay.onHistory = (_, answer): HistoryReply =>
    answer.ok ? { ...answer, messages: [...change(answer.messages)] } : answer;
  const carol = scene.person("carol");
  const details: HistoryDetail[] = [];
  carol.session.addEventListener("history", ({ detail }) => void details.push(detail));
  await scene.connect(carol);
  await scene.inOneEpoch(...inside, carol);
  assert.ok(await scene.clock.until(() => details.length > 0, 30_000));
  return [carol, details[0]];
}

const missing = ({ gaps }: HistoryDetail): number => gaps.reduce((sum, gap) => sum + gap.missing, 0);

/** What a leader with a newcomer's trust may claim to have been before: the true past epoch is `first`. */
const FORGERIES: Readonly<Record<string, (first: Made, mallory: Puppet, bob: MemberId) => Made>> = {
  BAD_SIG: (first) => ({ ...first, share: { ...first.share, signature: flipBit(first.share.signature, 1) } }),
  EPOCH: (_, mallory, bob) => mallory.commit({ members: [bob], current: null, reason: "create", history: true }),
  KEY_COMMIT: (first) => ({ ...first, share: { ...first.share, roomKey: flipBit(first.share.roomKey, 1) } }),
};

/** Mallory leads, with Bob, and hands Carol a past in which Bob has said what he never said. */
async function forgedPast(scene: HostileScene, code: keyof typeof FORGERIES): Promise<void> {
  const { mallory, bob, carol } = await scene.called();
  const first = mallory.commit({ members: [bob.id], reason: "create", history: true });
  const second = mallory.commit({ members: [bob.id, carol.id], current: first.held, history: true });
  const forged = FORGERIES[code](first, mallory, bob.id);
  const said = await sealGroupMessage(mallory.epochAs(mallory.self, forged), mallory.self.seed, {
    type: CONTENT_TYPE.text,
    ms: Date.now(),
    body: utf8("a promise that was never made"),
  });
  scene.relay.onHistory = () => ({
    ok: true,
    messages: [{ seq: 1, from: mallory.id, frame: said.frame }],
    more: false,
    last: 1,
  });
  mallory.hold(second);
  for (const { id } of [bob, carol]) await mallory.share(id, second.share, [forged.share]);
  await scene.clock.advance(2_000);
  for (const { alarms, session, read } of [bob, carol]) {
    assert.deepEqual([alarms, read], [[code], []]);
    assert.equal(session.epoch?.number, 2);
  }
  await mallory.depart(bob.id);
  await scene.recovers(bob, carol);
}

describe("a relay that lies about what it has kept", () => {
  row(
    40,
    "stored messages that are withheld, reordered, doubled or changed show as gaps, once each, or as alarms",
    async (scene) => {
      const people = await conversation(scene);
      const [carol, detail] = await comes(scene, people, ([first, , ...rest]) => [first, ...rest]);
      assert.deepEqual(carol.read, [TEXTS[0], TEXTS[2], TEXTS[3]]);
      assert.deepEqual([missing(detail), detail.gaps[0].fromName, carol.alarms], [1, "alice", []]);
      await scene.recovers(...people, carol);
    },
    async (scene) => {
      const people = await conversation(scene);
      const [carol, detail] = await comes(scene, people, (stored) => [...stored].reverse().concat(stored));
      assert.deepEqual([...carol.read].sort(), [...TEXTS].sort());
      assert.deepEqual([missing(detail), carol.alarms], [0, []]);
      await scene.recovers(...people, carol);
    },
    async (scene) => {
      const people = await conversation(scene);
      const [carol, detail] = await comes(scene, people, ([first, second, third, fourth]) => [
        { ...first, frame: flipBit(first.frame, 8 * 40) }, // its box
        { ...second, frame: flipBit(second.frame, 8 * 10 + 15) }, // its sender
        { ...third, frame: flipBit(third.frame, 8 * 15 + 7) }, // its number
        fourth,
      ]);
      assert.deepEqual(carol.read, [TEXTS[3]]);
      assert.equal(carol.alarms.length, 3);
      assert.ok(
        carol.alarms.every((code) => ["DECRYPT", "SENDER", "BAD_SIG"].includes(code)),
        String(carol.alarms),
      );
      assert.equal(missing(detail), 3);
      await scene.recovers(...people, carol);
    },
    async (scene) => {
      // The tail of an epoch that is over: nobody answers for it, which is said.
      const people = await conversation(scene);
      const [carol, detail] = await comes(scene, people, (stored) => stored.slice(0, 2));
      assert.deepEqual(carol.read, TEXTS.slice(0, 2));
      assert.equal(missing(detail), 0);
      assert.ok(detail.endedEpochs.length > 0);
      await scene.recovers(...people, carol);
    },
    async (scene) => {
      // A message of the open way, which its sender did not want kept, comes as if it had been.
      const people = await conversation(scene);
      void people[0].session.chat({ op: "typing", on: true });
      await scene.clock.advance(500);
      const [typing] = scene.relay.framesOf("group_message").slice(-1);
      const [carol] = await comes(scene, people, (stored) => [...stored, { ...stored[0], seq: 99, frame: typing }]);
      assert.deepEqual([carol.read, carol.alarms], [TEXTS, ["KIND"]]);
      await scene.recovers(...people, carol);
    },
  );

  row(
    40,
    "frames that a stranger has the relay keep hide nothing of what members said",
    async (scene) => {
      const people = [scene.person("alice", { history: true, shareHistory: true }), scene.person("bob")];
      await scene.together(...people);
      const stranger = scene.puppet("stranger", { room: scene.context("link", createRoomSecret()), isMember: false });
      await stranger.join("stranger", false);
      scene.say(people[0], TEXTS[0]);
      await scene.clock.advance(500);
      const forged = stranger.groupFrames.at(-1)!;
      forged.set(u32(100), 12);
      for (let n = 0; n < 40; n++)
        await stranger.send({ event: "store_encrypted", header: {}, frame: flipBit(forged, 8 * 40 + n) });
      for (const text of TEXTS.slice(1)) {
        scene.say(people[0], text);
        await scene.clock.advance(500);
      }
      const [carol, detail] = await comes(scene, people, (stored) => stored);
      assert.deepEqual(carol.read, TEXTS);
      assert.deepEqual([detail.refused, detail.complete, missing(detail)], [40, true, 0]);
      assert.deepEqual(carol.alarms, Array<string>(32).fill("DECRYPT"));
      const again = await carol.session.fetchHistory();
      assert.deepEqual([again.refused, again.messages], [0, 0], "nothing is fetched twice");
      stranger.leave();
      await scene.recovers(...people, carol);
    },
    async (scene) => {
      const people = await conversation(scene);
      const [alice, bob] = people;
      const [kept] = scene.relay.framesOf("store_encrypted");
      const forged = (sender: number, number: number) => {
        const frame = flipBit(kept, 8 * 40);
        frame.set(concat(u16(sender), u32(number)), 10);
        return frame;
      };
      const far = Array.from({ length: 32 }, (_, n) => forged(1, 1_000 + n));
      // Bob has read four of Alice's: the next may be 4 … 260.
      const frames = [...far, forged(1, 2_000), forged(0, 260), forged(0, 261)];
      const messages = frames.map((frame, n) => ({ seq: n + 1, from: alice.id, frame }));
      scene.relay.onHistory = () => ({ ok: true, messages, more: false, last: messages.length });
      const arrays = await trackArraysUntil(() => bob.session.fetchHistory());
      const derived = arrays.filter(({ length }) => length === MESSAGE_KEY_BYTES).length;
      assert.equal(derived, 2_001 + 262, "each once, however many numbers are forged");
      assert.equal(bob.security.length, 32);
      await scene.recovers(...people);
    },
    async (scene) => {
      // The relay has kept what was invented with numbers ever farther ahead, and has forgotten the beginning.
      const people = await conversation(scene);
      const [alice, bob] = people;
      for (let n = TEXTS.length; n < 300; n++) {
        scene.say(alice);
        if (n % 20 === 0) await scene.clock.advance(500);
      }
      await scene.clock.advance(5_000, 500);
      const forged = Array.from({ length: 40 }, (_, n) => {
        const frame = flipBit(scene.relay.framesOf("store_encrypted")[0], 8 * 40);
        frame.set(concat(u16(1), u32(300 + 40 * n)), 10);
        return { seq: 290, from: bob.id, frame };
      });
      const [carol, detail] = await comes(scene, people, (stored) => {
        const isFirst = stored.some(({ seq }) => seq === 1);
        return [...(isFirst ? forged : []), ...stored.filter(({ seq }) => seq > 290)];
      });
      assert.deepEqual(carol.read, bob.read.slice(290));
      assert.equal(carol.read.length, 10);
      assert.equal(detail.refused, 40);
      await scene.recovers(...people, carol);
    },
  );

  row(
    47,
    "past epochs that do not lead to the present one are dropped, and the present one is taken",
    ...Object.keys(FORGERIES).map((code) => (scene: HostileScene) => forgedPast(scene, code)),
    async (scene) => {
      // Where history is off a past is refused with the share that carries it.
      const { mallory, bob, carol } = await scene.called();
      const first = mallory.commit({ members: [bob.id], reason: "create", history: true });
      const second = mallory.commit({ members: [bob.id, carol.id], current: first.held });
      for (const { id } of [bob, carol]) await mallory.share(id, second.share, [first.share]);
      await scene.clock.advance(1_000);
      for (const { alarms, session } of [bob, carol]) assert.deepEqual([alarms, session.epoch], [["DECODE"], null]);
      mallory.leave();
      await scene.recovers(bob, carol);
    },
  );

  attack("the past of another room is not handed to a newcomer as this room's", async (scene) => {
    const other = createRoomSecret();
    const elsewhere = new Set<MemberId>();
    scene.relay.roomFor = ({ id }) => (elsewhere.has(id) ? "elsewhere" : "here");
    const alice = scene.person("alice", { secret: other, history: true });
    const there = scene.puppet("mallory", { room: scene.context("link", other) });
    for (const { id } of [alice, there]) elsewhere.add(id);
    await scene.connect(alice);
    await there.join();
    await scene.clock.advance(5_000);
    scene.say(alice, "what was said elsewhere");
    await scene.clock.advance(1_000);
    const messages = scene.relay
      .framesOf("store_encrypted", undefined, alice.id)
      .map((frame, n) => ({ seq: n + 1, from: alice.id, frame }));
    assert.equal(messages.length, 1);
    const mallory = scene.puppet("mallory");
    await mallory.join();
    const carol = scene.person("carol");
    scene.relay.onHistory = () => ({ ok: true, messages, more: false, last: messages.length });
    await scene.connect(carol);
    await mallory.call(carol.id);
    await scene.clock.advance(500);
    const made = mallory.commit({ members: [carol.id], current: there.held, history: true });
    mallory.hold(made);
    await mallory.share(carol.id, made.share, [there.shares.at(-1)!.share]);
    await scene.clock.advance(5_000);
    assert.equal(carol.session.epoch?.number, made.held.commit.epoch);
    const { unreadable } = await carol.session.fetchHistory();
    assert.deepEqual([carol.read, carol.alarms, unreadable], [[], ["ROOM"], 1]);
    const dave = scene.person("dave");
    await scene.connect(dave);
    await mallory.depart(carol.id);
    await scene.recovers(carol, dave);
  });
});
