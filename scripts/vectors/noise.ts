/**
 * `docs/vectors/noise.json`: a golay handshake over a channel with errors, which the protocol's other vectors do not have.
 * It pins the correction: which blocks are kept, and what their bits are.
 */
import { measure } from "../../packages/sdk/src/bb84/run/measurement.js";
import { PROFILES } from "../../packages/sdk/src/bb84/index.js";
import { KEM_RANDOM_BYTES } from "../../packages/sdk/src/crypto/kem.js";
import { roomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { drbg } from "../../packages/sdk/src/testing/drbg.js";
import { toHex } from "../../packages/sdk/src/wire/bytes.js";
import { handshake, secretsOf, type Meeting } from "./handshakes.js";
import { ALICE, BOB, LINK_ROOM, linkSecret } from "./people.js";

const NOISE = 0.05;
const QUBITS = 4096;

const ABOUT: readonly string[] = [
  "A golay handshake of alice and bob in the link room of qsec2-v1.json, where five bits of a hundred flip at bob's detector. Byte strings are hex.",
  "bob is the one who reads: announce_seed is his X-Wing seed, measured are his N bits as the detector gave them, packed in the order of the qubits.",
  'The SDK drew from SHAKE256(ASCII("QSEC2 v1 noise/6/" + name) || u32(i), L bytes), as in qsec2-v1.json; what the channel draws is no part of the protocol.',
  "kept and discarded count the blocks of 24 raw bits; errors those of the sample. reconciled are the kept blocks, 3 bytes each, after the correction.",
];

export async function noiseVector() {
  const randomOf = ({ name }: { readonly name: string }) => drbg(`QSEC2 v1 noise/6/${name}`);
  const meeting: Meeting = {
    room: roomContext("link", LINK_ROOM, linkSecret()),
    initiator: ALICE,
    responder: BOB,
    profile: PROFILES.golay,
    qubitCount: QUBITS,
    rank: { role: 1, epoch: 0, members: 1 },
    noise: NOISE,
    randomOf,
  };
  const done = await handshake(meeting);
  const { reconciled, keepMask, bb84Key, ck1, th5 } = secretsOf(meeting, done);
  const { run } = done.outcomeB;
  const blocks = Math.floor((run.matched - run.sampled) / 24);
  const kept = reconciled.length / 3;
  return {
    protocol: "QSEC2 v1",
    about: ABOUT,
    N: QUBITS,
    noise_ppm: NOISE * 1_000_000,
    announce_seed: toHex(randomOf(BOB)(32)),
    measured: toHex(measured(randomOf)),
    AN: toHex(done.announce),
    M1: toHex(done.m1),
    M2: toHex(done.m2),
    M3: toHex(done.m3),
    M4: toHex(done.m4),
    matched: run.matched,
    sample: run.sampled,
    errors: run.errors,
    kept,
    discarded: blocks - kept,
    keep_mask: toHex(keepMask),
    reconciled: toHex(reconciled),
    K_bb84: toHex(bb84Key),
    ck1: toHex(ck1),
    th5: toHex(th5),
  };
}

/** Bob's outcomes, by the same draws as in the handshake. */
function measured(randomOf: Meeting["randomOf"]): Uint8Array {
  const [randomA, randomB] = [randomOf(ALICE), randomOf(BOB)];
  randomA(32);
  randomA(KEM_RANDOM_BYTES);
  const qubits = randomA(QUBITS / 4);
  randomB(32);
  randomB(32);
  const bases = randomB(QUBITS / 8);
  return measure(qubits, bases, NOISE, randomB);
}
