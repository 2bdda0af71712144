/**
 * `docs/vectors/noise.json` and `ldpc.json`: handshakes over channels with errors, which the protocol's other vectors do
 * not have. They pin the correction: what is kept, and what its bits are.
 */
import { PROFILES, type Profile } from "../../packages/sdk/src/bb84/index.js";
import { BASE_MATRICES } from "../../packages/sdk/src/bb84/ldpc/base-matrices.js";
import { decodeSyndromeMessage } from "../../packages/sdk/src/bb84/ldpc/syndrome-message.js";
import { measure } from "../../packages/sdk/src/bb84/run/measurement.js";
import { KEM_RANDOM_BYTES } from "../../packages/sdk/src/crypto/kem.js";
import { roomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { drbg } from "../../packages/sdk/src/testing/drbg.js";
import { toHex } from "../../packages/sdk/src/wire/bytes.js";
import { handshake, secretsOf, type Meeting } from "./handshakes.js";
import { ALICE, BOB, LINK_ROOM, linkSecret } from "./people.js";

interface NoisyRun {
  readonly profile: Profile;
  readonly noise: number;
  readonly qubits: number;
  readonly prefix: string;
}

const GOLAY: NoisyRun = { profile: PROFILES.golay, noise: 0.05, qubits: 4096, prefix: "noise/6/" };
const LDPC: NoisyRun = { profile: PROFILES.ldpc, noise: 0.03, qubits: 12_288, prefix: "ldpc/0/" };

export async function noiseVector() {
  const { run, secrets, frames, results } = await noisyRun(GOLAY);
  const blocks = Math.floor((run.matched - run.sampled) / 24);
  const kept = secrets.reconciled.length / 3;
  return {
    protocol: "QSEC2 v1",
    about: [
      ...about(GOLAY, "A golay handshake", "five"),
      "kept and discarded count the blocks of 24 raw bits; errors those of the sample. reconciled are the kept blocks, 3 bytes each, after the correction.",
    ],
    ...frames,
    kept,
    discarded: blocks - kept,
    keep_mask: toHex(secrets.keepMask),
    ...results,
  };
}

export async function ldpcVector() {
  const { run, secrets, frames, results } = await noisyRun(LDPC);
  const { code } = decodeSyndromeMessage(secrets.syndromes, run.matched - run.sampled);
  const { rows, columns, edges } = BASE_MATRICES[code.index];
  return {
    protocol: "QSEC2 v1",
    about: [
      ...about(LDPC, "An ldpc handshake", "three"),
      "errors are those of the sample. base is the base matrix of the code that M3 names, in the format of docs/protocol.md, and lift its z. reconciled are the 32 bytes that privacy amplification makes.",
    ],
    ...frames,
    code: code.index,
    lift: code.lift,
    base: { rows, columns, edges },
    ...results,
  };
}

function about({ prefix }: NoisyRun, what: string, flips: string): string[] {
  return [
    `${what} of alice and bob in the link room of qsec2-v1.json, where ${flips} bits of a hundred flip at bob's detector. Byte strings are hex.`,
    "bob is the one who reads: announce_seed is his X-Wing seed, measured are his N bits as the detector gave them, packed in the order of the qubits.",
    `The SDK drew from SHAKE256(ASCII("QSEC2 v1 ${prefix}" + name) || u32(i), L bytes), as in qsec2-v1.json; what the channel draws is no part of the protocol.`,
  ];
}

async function noisyRun({ profile, noise, qubits, prefix }: NoisyRun) {
  const randomOf = ({ name }: { readonly name: string }) => drbg(`QSEC2 v1 ${prefix}${name}`);
  const meeting: Meeting = {
    room: roomContext("link", LINK_ROOM, linkSecret()),
    initiator: ALICE,
    responder: BOB,
    profile,
    qubitCount: qubits,
    rank: { role: 1, epoch: 0, members: 1 },
    noise,
    randomOf,
  };
  const done = await handshake(meeting);
  const secrets = secretsOf(meeting, done);
  const { run } = done.outcomeB;
  return {
    run,
    secrets,
    frames: {
      N: qubits,
      noise_ppm: noise * 1_000_000,
      announce_seed: toHex(randomOf(BOB)(32)),
      measured: toHex(measured(meeting)),
      AN: toHex(done.announce),
      M1: toHex(done.m1),
      M2: toHex(done.m2),
      M3: toHex(done.m3),
      M4: toHex(done.m4),
      matched: run.matched,
      sample: run.sampled,
      errors: run.errors,
    },
    results: {
      reconciled: toHex(secrets.reconciled),
      K_bb84: toHex(secrets.bb84Key),
      ck1: toHex(secrets.ck1),
      th5: toHex(secrets.th5),
    },
  };
}

/** Bob's outcomes, by the same draws as in the handshake. */
function measured({ qubitCount, noise, randomOf }: Meeting): Uint8Array {
  const [randomA, randomB] = [randomOf(ALICE), randomOf(BOB)];
  randomA(32);
  randomA(KEM_RANDOM_BYTES);
  const qubits = randomA(qubitCount / 4);
  randomB(32);
  randomB(32);
  const bases = randomB(qubitCount / 8);
  return measure(qubits, bases, noise ?? 0, randomB);
}
