import assert from "node:assert/strict";
import { describe } from "node:test";
import { sign } from "../crypto/signature.js";
import { createRoomSecret } from "../handshake/room-secret.js";
import type { Self } from "../handshake/outcome.js";
import type { Epoch } from "../room/epoch.js";
import { row, type HostileScene, type Person } from "../testing/hostile-scene.js";
import { flipBit } from "../testing/members.js";
import type { Puppet } from "../testing/puppet.js";
import { trackArraysUntil } from "../testing/tracked-arrays.js";
import type { Incoming } from "../transport/transport.js";
import { fromBase64url } from "../wire/base64url.js";
import { concat, utf8 } from "../wire/bytes.js";
import { pad } from "../wire/pad.js";
import { u16, u32, u64, u8, vec32 } from "../wire/writer.js";

/** A member that has turned: alice leads, carol is who it lies to. */
async function insider(scene: HostileScene): Promise<{ alice: Person; carol: Person; mallory: Puppet }> {
  const mallory = scene.puppet("mallory");
  const [alice, carol] = [scene.person("alice"), scene.person("carol")];
  await scene.connect(alice, carol);
  await mallory.join();
  await scene.clock.advance(5_000);
  assert.equal(carol.session.epoch?.members, 3);
  return { alice, carol, mallory };
}

/** The insider goes, as any member may, and the others go on. */
async function recoversWithout(scene: HostileScene, mallory: Puppet, ...people: Person[]): Promise<void> {
  await mallory.depart();
  await scene.recovers(...people);
}

/** Key and nonce of a message, as a step of a Chain derives them. */
const MESSAGE_KEY_BYTES = 44;

const textContent = (body: string) => concat(u8(1), u64(1), vec32(utf8(body)));
const headerOf = (epoch: Epoch, index: number, seq: number) =>
  concat(Uint8Array.of(1, 0x20), epoch.kid, u16(index), u32(seq));

/** A frame at the next place of a Chain, signed by whom and padded as the caller likes. */
async function forge(
  epoch: Epoch,
  index: number,
  signer: Pick<Self, "seed">,
  { content = textContent("forged"), padded = pad, signed = epoch.chain(index)!.next } = {},
): Promise<Uint8Array> {
  const chain = epoch.chain(index)!;
  const header = headerOf(epoch, index, chain.next);
  const signature = sign(signer.seed, "message", concat(epoch.hash, headerOf(epoch, index, signed), content));
  const { box } = await chain.seal(concat(epoch.hash, header), padded(concat(signature, content)));
  return concat(header, box);
}

const group = (from: string, frame: Uint8Array): Incoming => ({ event: "group_message", header: { from }, frame });

describe("a relay that attacks messages", () => {
  row(28, "a group frame that is replayed or doubled is shown once", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const kept: Incoming[] = [];
    scene.relay.onPassing = ({ message }) => {
      if (message.event !== "group_message") return [message];
      kept.push(message);
      return [message, message];
    };
    scene.say(alice);
    await scene.clock.advance(1_000);
    for (const message of kept) scene.relay.inject(bob.id, message);
    await scene.clock.advance(1_000);
    assert.equal(bob.read.length, 1);
    assert.deepEqual(bob.notes, ["REPLAY", "REPLAY"]);
    await scene.recovers(alice, bob);
  });

  row(29, "frames that are reordered all arrive, each with its number", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const held: Incoming[] = [];
    scene.relay.onPassing = ({ message }) => {
      if (message.event !== "group_message") return [message];
      held.push(message);
      return [];
    };
    const texts = Array.from({ length: 5 }, () => scene.say(alice));
    await scene.clock.advance(500);
    assert.equal(held.length, 5);
    for (const message of held.reverse()) scene.relay.inject(bob.id, message);
    await scene.clock.settle();
    const inOrder = bob.messages.filter(({ own }) => !own).sort((a, b) => a.seq - b.seq);
    assert.deepEqual(
      inOrder.map(({ text }) => text),
      texts,
    );
    assert.deepEqual(bob.alarms, []);
    await scene.recovers(alice, bob);
  });

  row(30, "a frame that is dropped, also the last one, is missed and comes again as the same bytes", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const frames: string[] = [];
    scene.relay.onPassing = ({ to, message }) => {
      if (message.event !== "group_message") return [message];
      if (to === carol.id) frames.push(Buffer.from(message.frame).toString("hex"));
      return to === carol.id ? [] : [message];
    };
    const text = scene.say(bob);
    await scene.clock.advance(60_000, 250);
    assert.deepEqual(carol.alarms, ["MISSED"]);
    assert.ok(frames.length >= 2, "it was sent again");
    assert.equal(new Set(frames).size, 1, "as the same bytes");
    assert.deepEqual([alice.read, carol.read], [[text], []]);
    await scene.recovers(alice, bob, carol);
  });

  row(31, "a frame with another sender, epoch or number does not open and burns nothing", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    let frame: Uint8Array | null = null;
    scene.relay.onPassing = ({ to, message }) => {
      if (message.event !== "group_message" || to !== carol.id) return [message];
      frame ??= message.frame;
      return [];
    };
    const text = scene.say(bob);
    await scene.clock.advance(500);
    const change = (at: number, bytes: Uint8Array) => {
      const changed = frame!.slice();
      changed.set(bytes, at);
      return changed;
    };
    const expected: [string, Uint8Array][] = [
      ["DECRYPT", change(10, u16(0))],
      ["SELF", change(10, u16(2))],
      ["SENDER", change(10, u16(9))],
      ["DECRYPT", change(12, u32(5))],
      ["GAP", change(12, u32(300))],
      ["DECRYPT", flipBit(frame!, 8 * 40)],
    ];
    for (const [code, changed] of expected) {
      scene.relay.inject(carol.id, group(bob.id, changed));
      await scene.clock.settle();
      assert.equal(carol.alarms.at(-1), code);
    }
    assert.equal(carol.alarms.length, expected.length);
    scene.relay.inject(carol.id, group(bob.id, change(2, new Uint8Array(8))));
    await scene.clock.advance(11_000); // a frame of an unknown epoch waits ten seconds for it
    assert.equal(carol.alarms.at(-1), "EPOCH");
    assert.deepEqual(carol.read, []);
    scene.relay.inject(carol.id, group(bob.id, frame!));
    await scene.clock.settle();
    assert.deepEqual(carol.read, [text]);
    await scene.recovers(alice, bob, carol);
  });

  row(32, "an insider who holds another member's Chain cannot speak in its name", async (scene) => {
    const { alice, carol, mallory } = await insider(scene);
    const epoch = mallory.epochAs({ id: fromBase64url(alice.id) }, mallory.shares.at(-1)!);
    await mallory.send(toAll(await forge(epoch, 0, mallory.self)));
    await scene.clock.settle();
    assert.deepEqual(carol.alarms, ["BAD_SIG"]);
    const text = scene.say(alice);
    await scene.clock.advance(1_000);
    assert.deepEqual(carol.read, [text], "the true message at the same place of the Chain still opens");
    await recoversWithout(scene, mallory, alice, carol);
  });

  row(33, "an insider cannot seal what a member once said at another number", async (scene) => {
    const { alice, carol, mallory } = await insider(scene);
    // The member said it at number 0, so its signature covers that header.
    const text = scene.say(carol);
    await scene.clock.advance(1_000);
    assert.deepEqual(alice.read, [text]);
    const made = mallory.shares.at(-1)!;
    const index = made.held.commit.roster.findIndex(({ name }) => name === "carol");
    const opened = mallory.epochAs(mallory.self, made);
    const frame = mallory.groupFrames.at(-1)!;
    const inner = await opened
      .chain(index)!
      .open(0, concat(opened.hash, headerOf(opened, index, 0)), frame.slice(16), (plaintext) => plaintext.slice());
    const chain = opened.chain(index)!;
    const header = headerOf(opened, index, chain.next);
    const { box } = await chain.seal(concat(opened.hash, header), inner);
    await mallory.send(toAll(concat(header, box)));
    await scene.clock.settle();
    assert.deepEqual(alice.alarms, ["BAD_SIG"]);
    assert.deepEqual(alice.read, [text]);
    await recoversWithout(scene, mallory, alice, carol);
  });

  row(34, "a removed member that keeps listening reads nothing more", async (scene) => {
    const [alice, bob, carol] = await scene.together("alice", "bob", "carol");
    const epoch = bob.session.epoch!.number;
    // She is not told that she is out, and goes on listening.
    scene.relay.onPassing = ({ to, message }) =>
      to === carol.id && message.event === "roomkey_share" ? [] : [message];
    void alice.session.kick(carol.id);
    await scene.clock.advance(3_000);
    assert.ok(bob.session.epoch!.number > epoch);
    scene.say(alice);
    scene.say(bob);
    await scene.clock.advance(15_000);
    assert.deepEqual(carol.read, []);
    assert.ok(carol.alarms.includes("EPOCH"));
    await scene.recovers(alice, bob);
    assert.deepEqual(carol.read, []);
  });

  row(35, "a number far ahead is refused before anything is computed", async (scene) => {
    const { alice, carol, mallory } = await insider(scene);
    const frame = await forge(mallory.epochAs(mallory.self, mallory.shares.at(-1)!), 2, mallory.self);
    for (const seq of [257, 0x7fff_ffff, 0xffff_ffff]) {
      frame.set(u32(seq), 12);
      await mallory.send(toAll(frame));
      await scene.clock.settle();
    }
    assert.deepEqual(carol.alarms, ["GAP", "GAP", "GAP"]);
    await recoversWithout(scene, mallory, alice, carol);
  });

  row(35, "a number ahead that a stranger repeats has its keys derived once", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const stranger = scene.puppet("stranger", { room: scene.context("link", createRoomSecret()), isMember: false });
    await stranger.join("stranger", false);
    scene.say(alice);
    await scene.clock.advance(1_000);
    const forged = flipBit(stranger.groupFrames.at(-1)!, 8 * 40);
    forged.set(u32(250), 12);
    const keysDerived = async () => {
      const arrays = await trackArraysUntil(async () => {
        for (let n = 0; n < 10; n++) await stranger.send(toAll(forged));
        await scene.clock.settle();
      });
      return arrays.filter(({ length }) => length === MESSAGE_KEY_BYTES).length;
    };
    assert.deepEqual([await keysDerived(), await keysDerived()], [250, 0]);
    assert.deepEqual(bob.alarms, Array<string>(20).fill("DECRYPT"));
    stranger.leave();
    await scene.recovers(alice, bob);
  });

  row(36, "padding that is not zero, or of the wrong size, is refused", async (scene) => {
    const { alice, carol, mallory } = await insider(scene);
    const index = mallory.epoch!.ownIndex;
    const dirty = (inner: Uint8Array) => {
      const padded = pad(inner);
      padded[padded.length - 1] = 1;
      return padded;
    };
    const large = (inner: Uint8Array) => concat(pad(inner), new Uint8Array(256));
    for (const padded of [dirty, large]) {
      const epoch = mallory.epochAs(mallory.self, mallory.shares.at(-1)!);
      await mallory.send(toAll(await forge(epoch, index, mallory.self, { padded })));
    }
    await scene.clock.settle();
    assert.deepEqual(carol.alarms, ["PADDING", "PADDING"]);
    assert.deepEqual(alice.alarms, ["PADDING", "PADDING"]);
    await recoversWithout(scene, mallory, alice, carol);
  });
});

function toAll(frame: Uint8Array) {
  return { event: "group_message", header: {}, frame } as const;
}
