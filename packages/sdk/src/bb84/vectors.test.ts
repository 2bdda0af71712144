import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Chain } from "../crypto/chain.js";
import { expand, hash } from "../crypto/kdf.js";
import { ledgerOf } from "../testing/bb84-run.js";
import { fromHex } from "../testing/hex.js";
import { PROTOCOL_VECTORS, vectorRandom, type HandshakeVector } from "../testing/protocol-vectors.js";
import { Reader } from "../wire/reader.js";
import { BB84Receiver, BB84Sender, profileByCode, simulatedChannel } from "./index.js";

/** Draws of the handshake before the run: Alice's nonce and encapsulation, Bob's KEM seed and nonce. */
function randomOf(vector: HandshakeVector, party: "alice" | "bob") {
  const random = vectorRandom(vector, party);
  random(32);
  random(party === "alice" ? 64 : 32);
  return random;
}

function run(vector: HandshakeVector) {
  const profile = profileByCode(vector.profile)!;
  const alice = new BB84Sender({ profile, qubitCount: vector.N, random: randomOf(vector, "alice") });
  const qubits = alice.qubits.slice();
  const channel = simulatedChannel();
  const bob = new BB84Receiver({ profile, qubitCount: vector.N, qubits, channel, random: randomOf(vector, "bob") });
  const sift = alice.sift(bob.bases);
  const answer = bob.reconcile(sift);
  return { qubits, bases: bob.bases, sift, answer, result: alice.finish(answer) };
}

/** The plaintexts of M1 to M4, opened with the tunnel keys of the vector. */
async function openTunnel(vector: HandshakeVector) {
  const [ck0, th1] = [fromHex(vector.ck0), fromHex(vector.th1)];
  const ab = new Chain(expand(ck0, "tunnel A", th1, 32));
  const ba = new Chain(expand(ck0, "tunnel B", th1, 32));
  const open = (chain: Chain, seq: number, aad: Uint8Array, frame: string, head: number) =>
    chain.open(seq, aad, fromHex(frame).subarray(head), (plaintext) => new Reader(plaintext));
  return {
    m1: await open(ab, 0, th1, vector.M1, 1218),
    m2: await open(ba, 0, hash("th2", th1, fromHex(vector.M1).subarray(1218)), vector.M2, 10),
    m3: await open(ab, 1, fromHex(vector.th3), vector.M3, 10),
    m4: await open(ba, 1, fromHex(vector.th4), vector.M4, 10),
  };
}

for (const [name, vector] of Object.entries(PROTOCOL_VECTORS.handshakes)) {
  describe(`protocol vector ${name}`, () => {
    const { qubits, bases, sift, answer, result } = run(vector);

    test("the ledger of the run is that of the vector, on both sides", () => {
      assert.deepEqual(ledgerOf(answer), result);
      assert.deepEqual([result.matched, result.sampled, result.errors], [vector.matched, vector.sample, vector.errors]);
      assert.equal(result.qubits, vector.N);
    });

    test("every field of the four messages is byte for byte that of the vector", async () => {
      const { m1, m2, m3, m4 } = await openTunnel(vector);
      m1.bytes(64 + 1 + 4 + 2 + 64);
      assert.deepEqual([m1.u8(), m1.u32(), m1.rest()], [vector.profile, vector.N, qubits]);
      m2.bytes(32 + 64 + 64);
      assert.deepEqual([m2.u32(), m2.u32(), m2.rest()], [0, 0, bases]);
      const mask = vector.N / 8;
      assert.deepEqual(
        [m3.bytes(mask), m3.bytes(mask), m3.vec16(), m3.vec16()],
        [sift.match, sift.sample, sift.sampleBits, sift.syndromes],
      );
      assert.deepEqual([m4.vec16(), m4.vec16()], [answer.sampleBits, answer.keepMask]);
    });

    test("the reconciled bits hash to the vector's BB84 key", () => {
      assert.deepEqual(hash("bb84 key", fromHex(vector.th4), result.key), fromHex(vector.K_bb84));
    });
  });
}
