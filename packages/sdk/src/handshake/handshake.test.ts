import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { simulatedChannel } from "../bb84/index.js";
import { begin, complete, flipBit, testRoom, testSelf } from "../testing/members.js";
import { equalBytes, toHex } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import { decodeAbort, decodeWant, encodeAbort, encodeWant } from "./abort.js";
import { decodeAnnounce } from "./announce.js";
import { EMOJI } from "./emoji.js";
import { Initiator } from "./initiator.js";
import { M1_HEAD_BYTES } from "./messages.js";
import { Responder } from "./responder.js";

const code =
  (...expected: string[]) =>
  (error: unknown) =>
    error instanceof QsecError && expected.includes(error.code);

describe("a pairwise handshake", () => {
  it("gives both sides one session, one safety code and one ledger, in every mode", async () => {
    for (const mode of ["link", "verify", "open"] as const) {
      const { alice, bob } = await complete({ room: testRoom(mode), profile: "golay", noise: 0.01 });
      assert.deepEqual(alice.session.th5, bob.session.th5);
      assert.deepEqual(alice.safetyCode, bob.safetyCode);
      assert.deepEqual(alice.run, bob.run);
      assert.ok(alice.run.secret >= 256);
      const record = await alice.session.seal(KIND.ACK, new Uint8Array(32).fill(9));
      assert.deepEqual(
        await bob.session.open(KIND.ACK, record, (content) => content.slice()),
        new Uint8Array(32).fill(9),
      );
    }
  });

  it("[row 1] dies at B when the relay replaces the KEM key in the announce", async () => {
    const { m1, responderOptions, initiatorOptions } = await begin();
    const forged = responderOptions.announcement.frame.slice();
    const other = await begin({ seed: "relay" });
    forged.set(other.announcement.publicKey, 34);
    const { frame } = await Initiator.start({ ...initiatorOptions, announce: forged });
    await assert.rejects(Responder.answer(frame, responderOptions), code("STALE"));
    assert.notDeepEqual(frame, m1);
  });

  it("[row 1] dies at B when the relay calls with the right announce but without the room secret", async () => {
    const { responderOptions, initiatorOptions } = await begin();
    const { frame } = await Initiator.start({ ...initiatorOptions, room: testRoom("link", "testroom", 8) });
    await assert.rejects(Responder.answer(frame, responderOptions), code("DECRYPT"));
  });

  it("[row 3] refuses an announce of another mode, and B refuses if A runs the patched mode", async () => {
    const { initiatorOptions, responderOptions } = await begin();
    const patched = initiatorOptions.announce.slice();
    patched[1] = 3;
    await assert.rejects(Initiator.start({ ...initiatorOptions, announce: patched }), code("MODE"));
    const { frame } = await Initiator.start({ ...initiatorOptions, room: testRoom("open"), announce: patched });
    await assert.rejects(Responder.answer(frame, responderOptions), code("STALE", "DECRYPT"));
  });

  it("[row 4] burns an announce at the first M1, so that a replay finds no key", async () => {
    const { m1, responderOptions } = await begin();
    await Responder.answer(m1, responderOptions);
    assert.ok(responderOptions.announcement.secretKey.every((byte) => byte === 0));
    await assert.rejects(Responder.answer(m1, responderOptions), code("STALE", "DECRYPT"));
  });

  it("[row 5] refuses a flipped bit anywhere in M1", async () => {
    const { m1 } = await begin();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: m1.length * 8 - 1 }), async (bit) => {
        const { m1: frame, responderOptions } = await begin();
        await assert.rejects(
          Responder.answer(flipBit(frame, bit), responderOptions),
          code("VERSION", "KIND", "STALE", "DECRYPT"),
        );
      }),
      { numRuns: 25 },
    );
  });

  it("[row 5] refuses a flipped bit anywhere in M2 and M4, and goes on with the true frame", async () => {
    const { m1, initiator, responderOptions } = await begin();
    const { responder, frame: m2 } = await Responder.answer(m1, responderOptions);
    await refusesEveryFlip(m2, (frame) => initiator.receiveBases(frame));
    const { frame: m3 } = await initiator.receiveBases(m2);
    await refusesEveryFlip(m3, (frame) => responder.receiveSift(frame));
    const { frame: m4, outcome } = await responder.receiveSift(m3);
    await refusesEveryFlip(m4, (frame) => initiator.receiveCheck(frame));
    const alice = await initiator.receiveCheck(m4);
    assert.deepEqual(alice.session.th5, outcome.session.th5);
  });

  it("[row 6] refuses a frame that is reflected to its sender, also with a patched kind", async () => {
    const { m1, initiator, responderOptions } = await begin();
    const { responder, frame: m2 } = await Responder.answer(m1, responderOptions);
    const { frame: m3 } = await initiator.receiveBases(m2);
    const reflected = m3.slice();
    reflected[1] = KIND.M4;
    await assert.rejects(initiator.receiveCheck(m3), code("KIND"));
    await assert.rejects(initiator.receiveCheck(reflected), code("DECRYPT"));
    await assert.rejects(responder.receiveSift(m2), code("KIND"));
  });

  it("[row 7] refuses a message of another handshake", async () => {
    const [one, two] = [await complete({ seed: "x" }), await begin({ seed: "y" })];
    await assert.rejects(two.initiator.receiveBases(one.m2), code("SID"));
    const patched = one.m2.slice();
    patched.set(two.initiator.sid, 2);
    await assert.rejects(two.initiator.receiveBases(patched), code("DECRYPT"));
  });

  it("[row 9] stops at both sides when an eavesdropper measures every qubit, and there is no session", async () => {
    const { m1, initiator, responderOptions } = await begin({ profile: "golay", eve: 1 });
    const { responder, frame: m2 } = await Responder.answer(m1, responderOptions);
    const { frame: m3 } = await initiator.receiveBases(m2);
    assert.deepEqual(initiator.channel, { ...initiator.channel, noisePpm: 0, evePpm: 1_000_000 });
    await assert.rejects(responder.receiveSift(m3), code("QBER"));
    assert.ok(responder.estimate!.qber >= 0.11);
    await assert.rejects(initiator.receiveCheck(responder.refusal!), code("QBER"));
    assert.equal(initiator.estimate!.qber, responder.estimate!.qber);
    assert.ok(initiator.over && responder.over);
  });

  it("keys with LDPC codes over a channel of 2 % noise, chosen by what the peer declares", async () => {
    const { alice, bob, m3 } = await complete({ room: testRoom("link"), profile: "ldpc", noise: 0.02 });
    assert.deepEqual(alice.session.th5, bob.session.th5);
    assert.deepEqual(alice.run, bob.run);
    assert.ok(alice.run.secret >= 256 && m3.length < 5000);
  });

  it("discloses the sample where errors could not be corrected, so that the next run can expect them", async () => {
    const { m1, initiator, responderOptions } = await begin({ profile: "ldpc" });
    const understated = { ...simulatedChannel({ noise: 0, eve: 0.16 }), eve: 0 };
    const { responder, frame: m2 } = await Responder.answer(m1, {
      ...responderOptions,
      channelFor: () => understated,
    });
    const { frame: m3 } = await initiator.receiveBases(m2);
    await assert.rejects(responder.receiveSift(m3), code("RECONCILE"));
    await assert.rejects(initiator.receiveCheck(responder.refusal!), code("RECONCILE", "INSUFFICIENT"));
    assert.deepEqual(initiator.estimate, responder.estimate);
    assert.ok(initiator.over && responder.over);
  });

  it("[row 11] refuses a nonce that does not open the commitment of the announce", async () => {
    // B commits to one nonce and reveals another: what an attacker who grinds emoji would need.
    const { m1, responderOptions, initiator } = await begin();
    responderOptions.announcement.nonce.fill(1);
    const { frame: m2 } = await Responder.answer(m1, responderOptions);
    await assert.rejects(initiator.receiveBases(m2), code("BAD_COMMIT"));
    assert.ok(initiator.over);
  });

  it("[row 12] refuses low-order X25519 points in the KEM key and in the ciphertext without crashing", async () => {
    const { initiatorOptions, m1, responderOptions } = await begin();
    const announce = initiatorOptions.announce.slice();
    announce.fill(0, 34 + 1184, 34 + 1216);
    await assert.rejects(Initiator.start({ ...initiatorOptions, announce }), code("DECRYPT"));
    const lowOrder = m1.slice();
    lowOrder.fill(0, M1_HEAD_BYTES - 32, M1_HEAD_BYTES);
    await assert.rejects(Responder.answer(lowOrder, responderOptions), code("DECRYPT"));
  });

  it("refuses an ML-KEM key with a coefficient above q − 1", async () => {
    const { initiatorOptions } = await begin();
    const announce = initiatorOptions.announce.slice();
    announce.fill(0xff, 34, 37);
    await assert.rejects(Initiator.start({ ...initiatorOptions, announce }), code("DECRYPT"));
  });

  it("refuses to call itself, a profile that policy forbids, and messages out of turn", async () => {
    const { m1, initiator, initiatorOptions, responderOptions } = await begin({ allows: () => false });
    await assert.rejects(Initiator.start({ ...initiatorOptions, self: testSelf("bob") }), code("SELF"));
    await assert.rejects(Responder.answer(m1, responderOptions), code("PROFILE"));
    await assert.rejects(initiator.receiveCheck(Uint8Array.of(1, KIND.M4)), code("STATE"));
  });

  it("[row 2] shows different emoji on the two sides of somebody in the middle", async () => {
    const room = testRoom("verify");
    const [left, right] = [await complete({ room, seed: "left" }), await complete({ room, seed: "right" })];
    assert.notDeepEqual(left.alice.safetyCode.indices, right.bob.safetyCode.indices);
  });

  it("zeroes its secrets when it is wiped", async () => {
    const { m1, initiator, responderOptions } = await begin();
    const { responder, frame: m2 } = await Responder.answer(m1, responderOptions);
    initiator.wipe();
    responder.wipe();
    await assert.rejects(initiator.receiveBases(m2), code("STATE"));
    assert.ok(responderOptions.announcement.secretKey.every((byte) => byte === 0));
    assert.ok(responderOptions.announcement.nonce.every((byte) => byte === 0));
  });
});

describe("the frames outside the tunnel", () => {
  it("decode to what was encoded and refuse everything shorter or longer", () => {
    const want = encodeWant(testSelf("alice").id);
    assert.ok(equalBytes(decodeWant(want).id, testSelf("alice").id));
    const abort = encodeAbort(new Uint8Array(8).fill(3), "QBER");
    assert.deepEqual(decodeAbort(abort), { reference: new Uint8Array(8).fill(3), code: "QBER" });
    for (const [frame, decode] of [
      [want, decodeWant],
      [abort, decodeAbort],
    ] as const) {
      for (let length = 0; length < frame.length; length++)
        assert.throws(() => decode(frame.subarray(0, length)), code("VERSION", "KIND", "DECODE"));
      assert.throws(() => decode(new Uint8Array([...frame, 0])), code("DECODE"));
    }
    assert.throws(() => decodeAbort(new Uint8Array([...abort.subarray(0, 10), 99])), code("DECODE"));
    assert.throws(() => decodeAnnounce(new Uint8Array(1281).fill(1)), code("DECODE"));
  });
});

it("the emoji alphabet has 64 different symbols with 64 different names", () => {
  assert.equal(new Set(EMOJI.map(({ symbol }) => symbol)).size, 64);
  assert.equal(new Set(EMOJI.map(({ name }) => name)).size, 64);
});

async function refusesEveryFlip(frame: Uint8Array, receive: (frame: Uint8Array) => Promise<unknown>): Promise<void> {
  const before = toHex(frame);
  for (let bit = 0; bit < frame.length * 8; bit += 7) {
    await assert.rejects(receive(flipBit(frame, bit)), code("VERSION", "KIND", "SID", "DECRYPT"));
  }
  for (const length of [0, 1, 9, 10, 25, frame.length - 1])
    await assert.rejects(receive(frame.slice(0, length)), code("VERSION", "KIND", "DECODE", "DECRYPT"));
  assert.equal(toHex(frame), before);
}
