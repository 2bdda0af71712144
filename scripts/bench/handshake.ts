import {
  BB84Receiver,
  BB84Sender,
  ldpcQubits,
  PROFILES,
  simulatedChannel,
  type Profile,
  type ProfileName,
} from "@qsec2/sdk/bb84";
import { secureRandom } from "../../packages/sdk/src/crypto/random.js";
import { identityOf } from "../../packages/sdk/src/crypto/signature.js";
import { Announcement } from "../../packages/sdk/src/handshake/announce.js";
import { Initiator } from "../../packages/sdk/src/handshake/initiator.js";
import type { Self } from "../../packages/sdk/src/handshake/outcome.js";
import { Responder } from "../../packages/sdk/src/handshake/responder.js";
import { roomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { QsecError } from "../../packages/sdk/src/wire/errors.js";
import { median, number, printTable, repeat, timed, type Row } from "./harness.js";

const RUNS = 20;
const BB84_RUNS = 100;
const NOISE = 0.03;

interface Handshake {
  readonly initiator: number;
  readonly responder: number;
  /** announce, M1, M2, M3, M4: bytes. */
  readonly frames: readonly number[];
}

/** What one pairwise handshake costs each side, from the announce to the key. */
export async function benchHandshake(): Promise<void> {
  const rows = [];
  for (const profile of ["golay", "classic"] as const) {
    const runs = await repeat(RUNS, () => handshake(profile));
    const { frames } = runs[0];
    const [announce, m1, m2, m3, m4] = frames.map((bytes) => number(bytes));
    rows.push({
      profile: `${profile}, ${PROFILES[profile].defaultQubits} qubits`,
      "initiator ms": number(median(runs.map(({ initiator }) => initiator)), 1),
      "responder ms": number(median(runs.map(({ responder }) => responder)), 1),
      announce: announce,
      M1: m1,
      M2: m2,
      M3: m3,
      M4: m4,
      "bytes, all": number(frames.reduce((sum, bytes) => sum + bytes, 0)),
      "round trips": number((frames.length - 1) / 2),
    });
  }
  printTable(`Pairwise handshake without a network, medians of ${RUNS}; frames in bytes`, rows);
  printTable(
    `Its BB84 run alone, at ${number(100 * NOISE)} % noise: medians of the runs with a key, of ${BB84_RUNS}`,
    // One after the other: each would count the time of the other's work.
    [await bb84Row("golay"), await bb84Row("ldpc")],
  );
}

/** What the simulated exchange adds to a handshake, from the qubits to the key. */
async function bb84Row(name: "golay" | "ldpc"): Promise<Row> {
  const profile = PROFILES[name];
  const qubitCount = name === "ldpc" ? ldpcQubits(NOISE) : profile.defaultQubits;
  const runs = (await repeat(BB84_RUNS, () => bb84Run(profile, qubitCount))).filter((run) => run !== null);
  return {
    profile: `${name}, ${number(qubitCount)} qubits`,
    keys: number(runs.length),
    "sender ms": number(median(runs.map(({ sender }) => sender)), 1),
    "receiver ms": number(median(runs.map(({ receiver }) => receiver)), 1),
    bytes: number(median(runs.map(({ bytes }) => bytes))),
    "round trips": number(median(runs.map(({ messages }) => messages)) / 2),
  };
}

/** Null: it gave no key. */
async function bb84Run(profile: Profile, qubitCount: number) {
  const sending = await timed(() => new BB84Sender({ profile, qubitCount, random: secureRandom }));
  const sender = sending.result;
  const channel = simulatedChannel({ noise: NOISE });
  const receiving = await timed(
    () => new BB84Receiver({ profile, qubitCount, qubits: sender.qubits, channel, random: secureRandom }),
  );
  const receiver = receiving.result;
  try {
    const sift = await timed(() => sender.sift(receiver.bases, NOISE));
    const answer = await timed(() => receiver.reconcile(sift.result));
    const end = await timed(() => sender.finish(answer.result));
    const { match, sample, sampleBits, syndromes } = sift.result;
    const { sampleBits: theirs, keepMask } = answer.result;
    const told = [[sender.qubits], [receiver.bases], [match, sample, sampleBits, syndromes], [theirs, keepMask]];
    return {
      sender: sending.ms + sift.ms + end.ms,
      receiver: receiving.ms + answer.ms,
      messages: told.length,
      bytes: told.flat().reduce((sum, { length }) => sum + length, 0),
    };
  } catch (error) {
    if (error instanceof QsecError) return null; // too few secret bits: another run follows
    throw error;
  }
}

async function handshake(name: ProfileName): Promise<Handshake> {
  const profile = PROFILES[name];
  const room = roomContext("link", "bench", secureRandom(32));
  const [alice, bob] = [newSelf("alice"), newSelf("bob")];
  const announced = await timed(() => new Announcement(room, bob.id, secureRandom));
  const m1 = await timed(() =>
    Initiator.start({
      room,
      self: alice,
      announce: announced.result.frame.slice(),
      rank: { role: 1, epoch: 0, members: 1 },
      profile,
      qubitCount: profile.defaultQubits,
      random: secureRandom,
    }),
  );
  const { initiator } = m1.result;
  const m2 = await timed(() =>
    Responder.answer(m1.result.frame, {
      room,
      self: bob,
      announcement: announced.result,
      random: secureRandom,
      allows: () => true,
      // Without noise: the classic profile corrects none, and every run is to come to its end.
      channelFor: () => simulatedChannel({ noise: 0 }),
    }),
  );
  const m3 = await timed(() => initiator.receiveBases(m2.result.frame));
  const m4 = await timed(() => m2.result.responder.receiveSift(m3.result.frame));
  const end = await timed(() => initiator.receiveCheck(m4.result.frame));
  return {
    initiator: m1.ms + m3.ms + end.ms,
    responder: announced.ms + m2.ms + m4.ms,
    frames: [announced.result, m1.result, m2.result, m3.result, m4.result].map(({ frame }) => frame.length),
  };
}

function newSelf(name: string): Self {
  const seed = secureRandom(32);
  return { seed, id: identityOf(seed), name };
}
