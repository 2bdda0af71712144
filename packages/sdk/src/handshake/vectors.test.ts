import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PROFILES, profileByCode, simulatedChannel } from "../bb84/index.js";
import { extract, expand } from "../crypto/kdf.js";
import { decapsulate, generateKemKeyPair } from "../crypto/kem.js";
import { identityOf } from "../crypto/signature.js";
import { CONTENT_TYPE, decodeGroupFrame, openGroupMessage, sealGroupMessage } from "../room/group-message.js";
import {
  commitHash,
  decodeCommit,
  encodeCommit,
  keyCommitment,
  signCommit,
  verifyCommit,
} from "../room/epoch-commit.js";
import { Epoch, senderKey } from "../room/epoch.js";
import { decodeShare, encodeShare } from "../room/share.js";
import { fromHex } from "../testing/hex.js";
import { PROTOCOL_VECTORS as vectors, vectorRandom } from "../testing/protocol-vectors.js";
import { fromUtf8, toHex } from "../wire/bytes.js";
import { KIND } from "../wire/kinds.js";
import { encodeAbort, encodeWant } from "./abort.js";
import { Announcement } from "./announce.js";
import { Initiator } from "./initiator.js";
import { createInvite, parseInvite } from "./invite.js";
import { M1_HEAD_BYTES } from "./messages.js";
import { Responder } from "./responder.js";
import { decodeRoomSecret, roomContext, roomHandle } from "./room-secret.js";
import { mixKeys, nextTh, th1Of } from "./transcript.js";

const alice = {
  seed: fromHex(vectors.identities.alice_seed),
  id: identityOf(fromHex(vectors.identities.alice_seed)),
  name: "alice",
};
const bob = {
  seed: fromHex(vectors.identities.bob_seed),
  id: identityOf(fromHex(vectors.identities.bob_seed)),
  name: "bob",
};

type Scenario = keyof typeof vectors.handshakes;

async function run(scenario: Scenario) {
  const vector = vectors.handshakes[scenario];
  const room =
    scenario === "golay" || scenario === "classic"
      ? roomContext("link", vectors.room.name, fromHex(vectors.room.S))
      : roomContext(scenario, vector.name!, null);
  const randomA = vectorRandom(vector, "alice");
  const randomB = vectorRandom(vector, "bob");
  const announcement = new Announcement(room, bob.id, randomB);
  const announce = announcement.frame;
  const started = await Initiator.start({
    room,
    self: alice,
    announce,
    random: randomA,
    rank: { role: 1, epoch: 0, members: 1 },
    profile: profileByCode(vector.profile)!,
    qubitCount: vector.N,
  });
  const answered = await Responder.answer(started.frame, {
    room,
    self: bob,
    announcement,
    random: randomB,
    allows: () => true,
    channelFor: () => simulatedChannel({ noise: 0, eve: 0 }),
  });
  const m3 = await started.initiator.receiveBases(answered.frame);
  const { frame: m4, outcome: b } = await answered.responder.receiveSift(m3.frame);
  const a = await started.initiator.receiveCheck(m4);
  return { vector, room, announce, m1: started.frame, m2: answered.frame, m3: m3.frame, m4, a, b, matched: m3.matched };
}

describe("the protocol's vectors", () => {
  it("give the room, its handle and its invite link from the secret", () => {
    const secret = decodeRoomSecret("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    assert.equal(toHex(secret), vectors.room.S);
    const { rid, psk } = roomContext("link", vectors.room.name, secret);
    assert.equal(toHex(rid), vectors.room.rid);
    assert.equal(toHex(psk), vectors.room.psk);
    assert.equal(roomHandle(rid), vectors.room.handle);
    const invite = parseInvite(vectors.room.invite);
    assert.equal(createInvite("https://chat.example", invite), vectors.room.invite);
    assert.equal(vectors.room.minimal.user, `guest-${toHex(bob.id.subarray(0, 2))}`);
  });

  for (const scenario of Object.keys(vectors.handshakes) as Scenario[]) {
    it(`give every byte of a handshake: ${scenario}`, async () => {
      const { vector, room, announce, m1, m2, m3, m4, a, b, matched } = await run(scenario);
      assert.equal(room.mode, vector.mode);
      assert.equal(toHex(room.rid), vector.rid);
      assert.equal(toHex(room.psk), vector.psk);
      assert.equal(toHex(alice.id), vector.id_A);
      assert.equal(toHex(announce), vector.AN);
      assert.equal(toHex(m1), vector.M1);
      assert.equal(toHex(m2), vector.M2);
      assert.equal(toHex(m3), vector.M3);
      assert.equal(toHex(m4), vector.M4);
      for (const side of [a, b]) {
        assert.equal(toHex(side.session.th5), vector.th5);
        assert.equal(toHex(side.session.sid), vector.sid);
        assert.deepEqual(side.safetyCode.indices, vector.sas);
        assert.deepEqual(
          side.safetyCode.emoji.map(({ symbol, name }) => `${symbol} ${name}`),
          vector.emoji,
        );
        assert.equal(side.run.matched, vector.matched);
        assert.equal(side.run.sampled, vector.sample);
        assert.equal(side.run.errors, vector.errors);
      }
      assert.equal(matched, vector.matched);
    });

    it(`give the secrets in between, derived step by step: ${scenario}`, () => {
      const vector = vectors.handshakes[scenario];
      const random = vectorRandom(vector, "bob");
      const { secretKey } = generateKemKeyPair(random(32));
      const m1 = fromHex(vector.M1);
      const head = m1.subarray(0, M1_HEAD_BYTES);
      const ss = decapsulate(head.subarray(98), secretKey);
      assert.equal(toHex(ss), vector.ss);
      const ck0 = extract(fromHex(vector.psk), ss);
      assert.equal(toHex(ck0), vector.ck0);
      const th1 = th1Of({ mode: 1, rid: fromHex(vector.rid), psk: fromHex(vector.psk) }, fromHex(vector.AN), head);
      assert.equal(toHex(th1), vector.th1);
      const th2 = nextTh("th2", th1, m1.subarray(M1_HEAD_BYTES));
      const th3 = nextTh("th3", th2, fromHex(vector.M2).subarray(10));
      assert.equal(toHex(th3), vector.th3);
      const th4 = nextTh("th4", th3, fromHex(vector.M3).subarray(10));
      assert.equal(toHex(th4), vector.th4);
      const th5 = nextTh("th5", th4, fromHex(vector.M4).subarray(10));
      assert.equal(toHex(th5), vector.th5);
      const ck1 = extract(ck0, fromHex(vector.K_bb84));
      assert.equal(toHex(ck1), vector.ck1);
      assert.equal(toHex(expand(ck1, "session A", th5, 32)), vector.session_chain_AB);
      assert.equal(toHex(expand(ck1, "session B", th5, 32)), vector.session_chain_BA);
      assert.notEqual(toHex(mixKeys(ck0, th4, new Uint8Array(0), new Uint8Array(0))), vector.ck1);
    });
  }

  it("give the epoch, its share, and the first group messages", async () => {
    const { a, b } = await run("golay");
    const { epoch: vector } = vectors;
    const roomKey = fromHex(vector.room_key);
    const rid = fromHex(vectors.room.rid);
    const prev = new Uint8Array(32);
    const kc = keyCommitment(roomKey, { rid, epoch: 1, prev });
    assert.equal(toHex(kc), vector.kc);
    const commit = {
      rid,
      epoch: 1,
      prev,
      ms: 1767225600000,
      reason: "create" as const,
      flags: 0,
      capacity: 16,
      keyCommitment: kc,
      roster: [
        { id: alice.id, name: "alice" },
        { id: bob.id, name: "bob" },
      ],
    };
    const encoded = encodeCommit(commit);
    assert.equal(toHex(encoded), vector.commit);
    assert.deepEqual(decodeCommit(encoded), commit);
    assert.equal(toHex(commitHash(encoded)), vector.h);
    const signature = signCommit(alice.seed, encoded);
    assert.equal(toHex(signature), vector.sig);
    assert.ok(verifyCommit(commit, encoded, signature));
    const content = encodeShare({ commit: encoded, signature, roomKey });
    assert.equal(toHex(content), vector.share_content);
    const record = await a.session.seal(KIND.SHARE, content);
    assert.equal(toHex(record), vector.share_record);
    const opened = await b.session.open(KIND.SHARE, record, decodeShare);
    assert.deepEqual(opened.roomKey, roomKey);
    vector.sender_chains.forEach((chain, index) =>
      assert.equal(toHex(senderKey(roomKey, fromHex(vector.h), index)), chain),
    );

    const epochA = new Epoch(commit, encoded, roomKey.slice(), alice.id);
    const epochB = new Epoch(commit, encoded, opened.roomKey, bob.id);
    assert.equal(toHex(epochA.kid), vector.kid);
    const sealed = await sealGroupMessage(epochA, alice.seed, {
      type: CONTENT_TYPE.text,
      ms: 1767225601000,
      body: new TextEncoder().encode("hello"),
    });
    assert.equal(toHex(sealed.frame), vector.group_frame);
    const message = await openGroupMessage(epochB, decodeGroupFrame(sealed.frame));
    assert.equal(fromUtf8(message.body), "hello");
    assert.equal(message.seq, 0);
    // The chat event of the second vector is sealed by the same chain at the next number.
    const event = await sealGroupMessage(epochA, alice.seed, {
      type: 5,
      ms: 1767225602000,
      body: new TextEncoder().encode(vector.event_body),
    });
    assert.equal(toHex(event.frame), vector.event_frame);
  });

  it("give the two frames outside the tunnel", () => {
    assert.equal(toHex(encodeWant(alice.id)), vectors.frames.want);
    assert.equal(toHex(encodeAbort(fromHex(vectors.handshakes.golay.sid), "PROFILE")), vectors.frames.abort_profile);
    assert.ok(PROFILES.golay.isValidQubitCount(vectors.handshakes.golay.N));
  });
});
