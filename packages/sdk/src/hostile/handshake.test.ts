import assert from "node:assert/strict";
import { describe } from "node:test";
import { PROFILES, simulatedChannel } from "../bb84/index.js";
import { Announcement, announceHash } from "../handshake/announce.js";
import { decodeAbort, encodeAbort } from "../handshake/abort.js";
import { Initiator } from "../handshake/initiator.js";
import { M1_HEAD_BYTES } from "../handshake/messages.js";
import { Responder } from "../handshake/responder.js";
import { drbg } from "../testing/drbg.js";
import { row, type HostileScene, type Person } from "../testing/hostile-scene.js";
import { flipBit, testRoom, testSelf } from "../testing/members.js";
import { rejectsCode } from "../testing/throws.js";
import type { Incoming } from "../transport/transport.js";
import { fromBase64url } from "../wire/base64url.js";
import { KIND, MODE } from "../wire/kinds.js";

/** Where the parts of a golay run of 4096 qubits stand in the plaintexts of M2 and M3. */
const M2_BOX = 10;
const BASES_AT = M2_BOX + 32 + 64 + 64 + 8;
const MASK_BYTES = 4096 / 8;

/** Changes the frame of one kind once, on its way to anybody. */
function changeOnce(scene: HostileScene, kind: number, change: (frame: Uint8Array) => Uint8Array, also = true): void {
  let done = false;
  scene.relay.onPassing = ({ message }) => {
    if (done || message.event !== "bb84_signal" || message.frame[1] !== kind) return [message];
    done = true;
    const changed: Incoming = { ...message, frame: change(message.frame.slice()) };
    return also ? [changed, message] : [changed];
  };
}

/** Changes every announce that goes to anybody. */
function changeAnnounces(scene: HostileScene, change: (frame: Uint8Array) => Uint8Array): void {
  scene.relay.onPassing = ({ message }) => {
    if (message.event !== "pubkeys") return [message];
    return [
      { event: "pubkeys", entries: message.entries.map(({ from, frame }) => ({ from, frame: change(frame.slice()) })) },
    ];
  };
}

/** The codes of the ABORTs that somebody has sent. */
function abortsOf(scene: HostileScene, { id }: Person): string[] {
  return scene.relay.framesOf("bb84_relay", KIND.ABORT, id).map((frame) => decodeAbort(frame).code);
}

const notKeyed = (...people: Person[]) => {
  for (const { session } of people) assert.ok((session.epoch?.members ?? 1) === 1 && session.state !== "secured");
};

describe("a relay that attacks the handshake", () => {
  row(1, "a KEM key that the relay puts in place of a member's gets it no key", async (scene) => {
    const [alice, bob] = [scene.person("alice"), scene.person("bob")];
    // The best that it can do without the secret: an announce of its own under bob's id.
    const guess = testRoom("link", "testroom", 1);
    const own = new Announcement(guess, fromBase64url(bob.id), drbg("relay"));
    let truth = new Uint8Array(0);
    scene.relay.onSent = (from, message) => {
      if (message.event !== "announce_pubkey" || from !== bob.id) return [message];
      truth = message.frame.slice();
      return [{ ...message, frame: own.frame }];
    };
    const calls: Uint8Array[] = [];
    scene.relay.onPassing = ({ message }) => {
      if (message.event !== "bb84_signal" || message.frame[1] !== KIND.M1) return [message];
      calls.push(message.frame);
      const patched = message.frame.slice();
      patched.set(announceHash(truth), 2);
      return calls.length === 1 ? [{ ...message, frame: patched }] : [message];
    };
    await scene.connect(alice, bob);
    await scene.clock.advance(15_000);
    notKeyed(alice, bob);
    assert.ok(calls.length >= 2);
    assert.deepEqual(bob.alarms, ["DECRYPT"]);
    assert.ok(abortsOf(scene, bob).includes("STALE") && alice.abortCodes.includes("STALE"));
    const options = { random: drbg("r"), allows: () => true, channelFor: () => simulatedChannel() };
    const answer = Responder.answer(calls[0], { room: guess, self: testSelf("relay"), announcement: own, ...options });
    await rejectsCode("DECRYPT", answer);
    await scene.recovers(alice, bob);
  });

  row(3, "a patched mode byte ends the handshake", async (scene) => {
    const [alice, bob] = [scene.person("alice"), scene.person("bob")];
    changeAnnounces(scene, (frame) => {
      frame[1] = MODE.open;
      return frame;
    });
    await scene.connect(alice, bob);
    await scene.clock.advance(1_000);
    assert.deepEqual(alice.abortCodes, ["MODE"]);
    notKeyed(alice, bob);
    // Whoever runs the patched mode is refused by the member that does not.
    const { frame } = await Initiator.start({
      room: testRoom("open"),
      self: testSelf("mallory"),
      announce: patchedAnnounce(scene, bob),
      rank: { role: 1, epoch: 0, members: 1 },
      profile: PROFILES.classic,
      qubitCount: 128,
      random: drbg("mallory"),
    });
    scene.relay.inject(bob.id, signal(testSelf("mallory").id, frame));
    await scene.clock.advance(1_000);
    assert.deepEqual(abortsOf(scene, bob).at(-1), "STALE");
    scene.relay.behave();
    await alice.session.retry(bob.id);
    await scene.recovers(alice, bob);
  });

  row(4, "a call that is replayed finds no key, now or later", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const [frame] = scene.relay.framesOf("bb84_relay", KIND.M1);
    const number = bob.session.epoch!.number;
    for (let i = 0; i < 3; i++) {
      scene.relay.inject(bob.id, { event: "bb84_signal", header: { from: alice.id }, frame });
      await scene.clock.advance(1_500);
    }
    assert.deepEqual(abortsOf(scene, bob), ["STALE", "STALE", "STALE"]);
    assert.equal(bob.session.epoch!.number, number);
    await scene.recovers(alice, bob);
  });

  row(5, "a bit flipped anywhere in M1 … M4 is told as tampering, not as noise", async (scene) => {
    const alice = scene.person("alice");
    await scene.connect(alice);
    const cases: [number, (frame: Uint8Array) => number, readonly string[]][] = [
      [KIND.M1, () => 8 * 5, ["STALE"]], // the announce that it names
      [KIND.M1, () => 8 * 200, ["DECRYPT"]], // ciphertext of the KEM
      [KIND.M1, () => 8 * (M1_HEAD_BYTES + 100), ["DECRYPT"]],
      [KIND.M1, (frame) => 8 * frame.length - 1, ["DECRYPT"]],
      [KIND.M2, () => 8 * 3, ["SID"]],
      [KIND.M2, () => 8 * 40, ["DECRYPT"]],
      [KIND.M2, (frame) => 8 * frame.length - 1, ["DECRYPT"]],
      [KIND.M3, () => 8 * 3, ["SID"]],
      [KIND.M3, () => 8 * 40, ["DECRYPT"]],
      [KIND.M4, () => 8 * 3, ["SID"]],
      [KIND.M4, (frame) => 8 * frame.length - 1, ["DECRYPT"]],
    ];
    const joined = [alice];
    for (const [i, [kind, bit, expected]] of cases.entries()) {
      changeOnce(scene, kind, (frame) => flipBit(frame, bit(frame)));
      const bob = scene.person(`bob${i}`);
      const before = alice.security.length;
      await scene.connect(bob);
      await scene.clock.advance(1_000);
      const codes = [...alice.security.slice(before), ...bob.security].map(({ code }) => code);
      const said = [...codes, ...abortsOf(scene, bob)];
      assert.ok(
        expected.every((code) => said.includes(code as never)),
        `${kind} ${i}: ${said.join(" ")}`,
      );
      assert.ok(!said.includes("QBER"));
      joined.push(bob);
      await scene.inOneEpoch(...joined);
    }
    await scene.recovers(...joined);
  });

  row(6, "a frame that is reflected to its sender is refused, also with a patched kind", async (scene) => {
    const [alice, bob] = [scene.person("alice"), scene.person("bob")];
    let reflected = 0;
    scene.relay.onSent = (from, message) => {
      if (message.event === "bb84_relay" && message.frame[1] === KIND.M3 && from === alice.id) {
        const patched = message.frame.slice();
        patched[1] = KIND.M4;
        reflected++;
        for (const frame of [message.frame, patched])
          scene.relay.inject(alice.id, { event: "bb84_signal", header: { from: bob.id }, frame });
        scene.relay.inject(alice.id, { event: "bb84_signal", header: { from: alice.id }, frame: message.frame });
      }
      return [message];
    };
    await scene.connect(alice, bob);
    await scene.clock.advance(2_000);
    assert.equal(reflected, 1);
    assert.deepEqual(alice.alarms, ["STATE", "DECRYPT", "SELF"]);
    await scene.recovers(alice, bob);
  });

  row(7, "a message of another handshake is refused", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const [spliced] = scene.relay.framesOf("bb84_relay", KIND.M2);
    let done = false;
    scene.relay.onPassing = ({ to, message }) => {
      if (done || to !== alice.id || message.event !== "bb84_signal" || message.frame[1] !== KIND.M2) return [message];
      done = true;
      const patched = spliced.slice();
      patched.set(message.frame.subarray(2, 10), 2);
      return [{ ...message, frame: spliced }, { ...message, frame: patched }, message];
    };
    const carol = scene.person("carol");
    await scene.connect(carol);
    await scene.clock.advance(2_000);
    assert.deepEqual([alice.notes, alice.alarms], [["SID"], ["DECRYPT"]]);
    await scene.recovers(alice, bob, carol);
  });

  row(8, "bases, masks and samples cannot be edited into an error rate", async (scene) => {
    const alice = scene.person("alice");
    await scene.connect(alice);
    const places: [number, number][] = [
      [KIND.M2, BASES_AT],
      [KIND.M3, 10],
      [KIND.M3, 10 + MASK_BYTES],
      [KIND.M3, 10 + 2 * MASK_BYTES + 2],
      [KIND.M4, 10 + 2],
    ];
    const joined = [alice];
    for (const [i, [kind, at]] of places.entries()) {
      // AES-GCM is a stream cipher: without the tag this would turn over just these bits.
      changeOnce(scene, kind, (frame) => {
        for (let byte = at; byte < at + 8; byte++) frame[byte] ^= 0xff;
        return frame;
      });
      const bob = scene.person(`bob${i}`);
      const before = alice.alarms.length;
      await scene.connect(bob);
      await scene.clock.advance(1_000);
      assert.deepEqual([...alice.alarms.slice(before), ...bob.alarms], ["DECRYPT"]);
      assert.deepEqual([...alice.abortCodes, ...bob.abortCodes], []);
      joined.push(bob);
    }
    await scene.recovers(...joined);
  });

  row(9, "an eavesdropper on every qubit ends the run, and there is no session", async (scene) => {
    const [alice, bob] = [scene.person("alice"), scene.person("bob", { channel: { noise: 0, eve: 1 } })];
    await scene.connect(alice, bob);
    await scene.clock.advance(5_000);
    for (const { aborted } of [alice, bob]) {
      assert.deepEqual(
        aborted.map(({ code, willRetry }) => [code, willRetry]),
        [["QBER", false]],
      );
      assert.ok(aborted[0].qber! >= 0.11);
    }
    notKeyed(alice, bob);
    assert.deepEqual(scene.relay.framesOf("roomkey_share"), []);
    bob.session.destroy();
    const again = scene.person("bob");
    await scene.connect(again);
    await scene.recovers(alice, again);
  });

  row(10, "emoji cannot be ground by silent retries", async (scene) => {
    const [alice, bob] = [scene.person("alice", { admission: "verify" }), scene.person("bob", { admission: "verify" })];
    const calls: number[] = [];
    scene.relay.onSent = (from, message) => {
      if (message.event !== "bb84_relay" || message.frame[1] !== KIND.M1) return [message];
      calls.push(Date.now());
      scene.relay.inject(
        from,
        signal(fromBase64url(message.header.to), encodeAbort(message.frame.slice(2, 10), "RECONCILE")),
      );
      return [];
    };
    await scene.connect(alice, bob);
    for (let i = 0; i < 12; i++) {
      const ghost = scene.puppet(`ghost${i}`, { room: scene.context("verify"), isMember: false });
      await ghost.join();
    }
    await scene.clock.advance(3 * 60_000, 250);
    for (const at of calls) {
      const minute = calls.filter((other) => other >= at && other < at + 60_000);
      assert.ok(minute.length <= 30, `${minute.length} calls in a minute`);
    }
    const attempts = alice.aborted.filter(({ peer }) => peer.id === bob.id).map(({ attempt }) => attempt);
    assert.deepEqual(
      attempts,
      [...attempts.keys()].map((i) => i + 1),
      "every attempt is counted and told",
    );
    scene.relay.behave();
    bob.session.destroy();
    const again = scene.person("robert", { admission: "verify" });
    await scene.connect(again);
    await scene.confirm(alice, again);
    await scene.recovers(alice, again);
  });

  row(11, "a nonce that does not open its commitment ends the handshake", async (scene) => {
    const alice = scene.person("alice");
    await scene.connect(alice);
    const mallory = scene.puppet("mallory");
    mallory.spoil = ({ nonce }) => nonce.fill(1);
    await mallory.join();
    await scene.clock.advance(1_000);
    assert.deepEqual([alice.alarms, alice.abortCodes], [["BAD_COMMIT"], ["BAD_COMMIT"]]);
    notKeyed(alice);
    mallory.leave();
    const bob = scene.person("bob");
    await scene.connect(bob);
    await scene.recovers(alice, bob);
  });

  row(12, "low-order points in the KEM key and ciphertext are refused without a crash", async (scene) => {
    const [alice, bob] = [scene.person("alice"), scene.person("bob")];
    changeAnnounces(scene, (frame) => frame.fill(0, 34 + 1184, 34 + 1216));
    await scene.connect(alice, bob);
    await scene.clock.advance(500);
    assert.deepEqual(alice.alarms, ["DECRYPT"]);
    notKeyed(alice, bob);
    changeOnce(scene, KIND.M1, (frame) => frame.fill(0, M1_HEAD_BYTES - 32, M1_HEAD_BYTES), false);
    await bob.session.retry(alice.id);
    await scene.clock.advance(30_000);
    assert.ok(bob.alarms.includes("DECRYPT"));
    await scene.recovers(alice, bob);
  });

  row(13, "an ABORT that the relay makes up does not touch a session in use", async (scene) => {
    const [alice, bob] = await scene.together("alice", "bob");
    const sid = scene.relay.framesOf("bb84_relay", KIND.M2)[0].slice(2, 10);
    const before = alice.session.epoch!.roomCode;
    for (const code of ["RECONCILE", "REJECTED", "QBER", "ROOM_FULL"] as const) {
      scene.relay.inject(bob.id, signal(fromBase64url(alice.id), encodeAbort(sid, code)));
      scene.relay.inject(alice.id, signal(fromBase64url(bob.id), encodeAbort(sid, code)));
    }
    await scene.clock.advance(5_000);
    assert.equal(alice.badge(bob.id), "link");
    assert.deepEqual([...alice.abortCodes, ...bob.abortCodes], []);
    await scene.recovers(alice, bob);
    assert.equal(alice.session.epoch!.roomCode, before);
  });
});

function signal(from: Uint8Array, frame: Uint8Array): Incoming {
  return { event: "bb84_signal", header: { from: Buffer.from(from).toString("base64url") }, frame };
}

function patchedAnnounce(scene: HostileScene, { id }: Person): Uint8Array {
  const frame = scene.relay.framesOf("announce_pubkey", undefined, id).at(-1)!.slice();
  frame[1] = MODE.open;
  return frame;
}
