import { PROFILES, simulatedChannel, type ProfileName } from "@qsec2/sdk/bb84";
import { secureRandom } from "../../packages/sdk/src/crypto/random.js";
import { identityOf } from "../../packages/sdk/src/crypto/signature.js";
import { Announcement } from "../../packages/sdk/src/handshake/announce.js";
import { Initiator } from "../../packages/sdk/src/handshake/initiator.js";
import type { Self } from "../../packages/sdk/src/handshake/outcome.js";
import { Responder } from "../../packages/sdk/src/handshake/responder.js";
import { roomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { median, number, printTable, repeat, timed } from "./harness.js";

const RUNS = 20;

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
