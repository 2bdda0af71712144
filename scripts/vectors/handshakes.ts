import {
  BB84Receiver,
  BB84Sender,
  PROFILES,
  simulatedChannel,
  type Profile,
} from "../../packages/sdk/src/bb84/index.js";
import { expand, extract, hash } from "../../packages/sdk/src/crypto/kdf.js";
import { decapsulate, generateKemKeyPair, KEM_RANDOM_BYTES } from "../../packages/sdk/src/crypto/kem.js";
import { identityOf } from "../../packages/sdk/src/crypto/signature.js";
import { Announcement } from "../../packages/sdk/src/handshake/announce.js";
import { Initiator } from "../../packages/sdk/src/handshake/initiator.js";
import { M1_HEAD_BYTES } from "../../packages/sdk/src/handshake/messages.js";
import type { Self } from "../../packages/sdk/src/handshake/outcome.js";
import { Responder } from "../../packages/sdk/src/handshake/responder.js";
import { roomContext, type RoomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { sidOf, th1Of } from "../../packages/sdk/src/handshake/transcript.js";
import { drbg } from "../../packages/sdk/src/testing/drbg.js";
import { toHex } from "../../packages/sdk/src/wire/bytes.js";
import type { Admission } from "../../packages/sdk/src/wire/kinds.js";
import { ALICE, BOB, LINK_ROOM, linkSecret } from "./people.js";

/** Where the ciphertext of X-Wing stands in the head of M1, and the initiator's nonce before it. */
const NONCE_AT = 66;
const CIPHERTEXT_AT = 98;
/** Version, kind and sid of M2 to M4. */
const SHORT_HEAD_BYTES = 10;

export interface Meeting {
  readonly room: RoomContext;
  readonly initiator: Self;
  readonly responder: Self;
  readonly profile: Profile;
  readonly qubitCount: number;
  readonly rank: { readonly role: 1; readonly epoch: number; readonly members: number };
  /** Of the responder's channel, 0 … 0.5. @default 0 */
  readonly noise?: number;
  /** Makes the generator that a party draws from, at its beginning. */
  readonly randomOf: (party: Self) => (length: number) => Uint8Array;
}

/** A whole handshake by the SDK, with all that went over the wire. */
export async function handshake(meeting: Meeting) {
  const { room, initiator, responder, profile, qubitCount, rank, noise = 0, randomOf } = meeting;
  const [randomA, randomB] = [randomOf(initiator), randomOf(responder)];
  const announcement = new Announcement(room, responder.id, randomB);
  const announce = announcement.frame.slice();
  const a = await Initiator.start({ room, self: initiator, announce, random: randomA, rank, profile, qubitCount });
  const b = await Responder.answer(a.frame, {
    room,
    self: responder,
    announcement,
    random: randomB,
    allows: () => true,
    channelFor: () => simulatedChannel({ noise, eve: 0 }),
  });
  const sift = await a.initiator.receiveBases(b.frame);
  const { frame: m4, outcome: outcomeB } = await b.responder.receiveSift(sift.frame);
  const outcomeA = await a.initiator.receiveCheck(m4);
  return { announce, m1: a.frame, m2: b.frame, m3: sift.frame, m4, outcomeA, outcomeB };
}

/** The secrets in between, which the SDK's handshake wipes: each is derived once more, by the same functions. */
export function secretsOf(meeting: Meeting, { announce, m1, m2, m3, m4 }: Awaited<ReturnType<typeof handshake>>) {
  const { room, initiator, responder, profile, qubitCount, noise = 0, randomOf } = meeting;
  const [randomA, randomB] = [randomOf(initiator), randomOf(responder)];
  const { secretKey } = generateKemKeyPair(randomB(32));
  const nonceB = randomB(32);
  const head = m1.subarray(0, M1_HEAD_BYTES);
  const ss = decapsulate(head.slice(CIPHERTEXT_AT), secretKey);
  const ck0 = extract(room.psk, ss);
  const th1 = th1Of(room, announce, head);
  const th2 = hash("th2", th1, m1.subarray(M1_HEAD_BYTES));
  const th3 = hash("th3", th2, m2.subarray(SHORT_HEAD_BYTES));
  const th4 = hash("th4", th3, m3.subarray(SHORT_HEAD_BYTES));
  const th5 = hash("th5", th4, m4.subarray(SHORT_HEAD_BYTES));
  // The run, from where the draws of the handshake before it end.
  randomA(32);
  randomA(KEM_RANDOM_BYTES);
  const sender = new BB84Sender({ profile, qubitCount, random: randomA });
  const qubits = sender.qubits.slice();
  const channel = simulatedChannel({ noise });
  const receiver = new BB84Receiver({ profile, qubitCount, qubits, channel, random: randomB });
  const sift = sender.sift(receiver.bases, noise);
  const { key: reconciled, keepMask } = receiver.reconcile(sift);
  const bb84Key = hash("bb84 key", th4, reconciled);
  const ck1 = extract(ck0, bb84Key);
  return { nonceB, ss, ck0, th1, th3, th4, th5, syndromes: sift.syndromes, reconciled, keepMask, bb84Key, ck1 };
}

interface Scenario {
  readonly name: string;
  /** Goes before the party's name in the seed of its generator. */
  readonly prefix: string;
  readonly admission: Admission;
  readonly room: string;
  readonly profile: Profile;
}

const SCENARIOS: readonly Scenario[] = [
  { name: "golay", prefix: "", admission: "link", room: LINK_ROOM, profile: PROFILES.golay },
  { name: "classic", prefix: "classic/", admission: "link", room: LINK_ROOM, profile: PROFILES.classic },
  { name: "verify", prefix: "verify/", admission: "verify", room: "lobby", profile: PROFILES.classic },
  { name: "open", prefix: "open/", admission: "open", room: "lobby", profile: PROFILES.classic },
];

/** The handshake of a scenario, with its session ready to send. */
export async function runScenario(name: string) {
  const scenario = SCENARIOS.find((known) => known.name === name)!;
  const meeting = meetingOf(scenario);
  return { scenario, meeting, done: await handshake(meeting) };
}

function meetingOf({ prefix, admission, room, profile }: Scenario): Meeting {
  return {
    room: roomContext(admission, room, admission === "link" ? linkSecret() : null),
    initiator: ALICE,
    responder: BOB,
    profile,
    qubitCount: profile.defaultQubits,
    rank: { role: 1, epoch: 0, members: 1 },
    randomOf: ({ name }) => drbg(`QSEC2 v1 vectors/${prefix}${name}`),
  };
}

async function vectorOf(name: string) {
  const { scenario, meeting, done } = await runScenario(name);
  const { announce, m1, m2, m3, m4, outcomeA } = done;
  const { nonceB, ss, ck0, th1, th3, th4, th5, bb84Key, ck1 } = secretsOf(meeting, done);
  const { run, safetyCode } = outcomeA;
  return {
    drbg_prefix: scenario.prefix,
    ...(scenario.admission === "link" ? {} : { name: scenario.room }),
    mode: meeting.room.mode,
    rid: toHex(meeting.room.rid),
    psk: toHex(meeting.room.psk),
    profile: scenario.profile.code,
    N: meeting.qubitCount,
    id_A: toHex(identityOf(ALICE.seed)),
    id_B: toHex(identityOf(BOB.seed)),
    n_A: toHex(m1.subarray(NONCE_AT, CIPHERTEXT_AT)),
    n_B: toHex(nonceB),
    c_B: toHex(announce.subarray(-32)),
    AN: toHex(announce),
    M1: toHex(m1),
    ss: toHex(ss),
    ck0: toHex(ck0),
    th1: toHex(th1),
    sid: toHex(sidOf(th1)),
    M2: toHex(m2),
    th3: toHex(th3),
    M3: toHex(m3),
    th4: toHex(th4),
    M4: toHex(m4),
    matched: run.matched,
    sample: run.sampled,
    errors: run.errors,
    K_bb84: toHex(bb84Key),
    ck1: toHex(ck1),
    th5: toHex(th5),
    session_chain_AB: toHex(expand(ck1, "session A", th5, 32)),
    session_chain_BA: toHex(expand(ck1, "session B", th5, 32)),
    sas: safetyCode.indices,
    emoji: safetyCode.emoji.map(({ symbol, name: word }) => `${symbol} ${word}`),
  };
}

/** One vector per scenario, by its name. */
export async function handshakeVectors(): Promise<Record<string, Awaited<ReturnType<typeof vectorOf>>>> {
  const vectors: Awaited<ReturnType<typeof handshakeVectors>> = {};
  for (const { name } of SCENARIOS) vectors[name] = await vectorOf(name);
  return vectors;
}
