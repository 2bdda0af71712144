/** Two members of one room and a handshake between them, step by step, for tests of the protocol. */
import { PROFILES, simulatedChannel, type ProfileName } from "../bb84/index.js";
import { identityOf } from "../crypto/signature.js";
import { Announcement } from "../handshake/announce.js";
import { Initiator } from "../handshake/initiator.js";
import type { Self } from "../handshake/outcome.js";
import type { QkdOptions } from "../handshake/qkd.js";
import { Responder, type ResponderOptions } from "../handshake/responder.js";
import { roomContext, type RoomContext } from "../handshake/room-secret.js";
import { Access } from "../room/access.js";
import type { Admission } from "../wire/kinds.js";
import { drbg } from "./drbg.js";

export function testSelf(name: string): Self {
  const seed = drbg(`identity of ${name}`)(32);
  return { seed, id: identityOf(seed), name };
}

export function testRoom(admission: Admission = "link", name = "testroom", secret = 7): RoomContext {
  return roomContext(admission, name, admission === "link" ? new Uint8Array(32).fill(secret) : null);
}

export function testAccess(admission: Admission = "link", name = "testroom", secret = 7): Access {
  return new Access(admission, name, admission === "link" ? new Uint8Array(32).fill(secret) : null);
}

export interface Setting {
  readonly room?: RoomContext;
  /** B's view of the room, where it differs. */
  readonly roomB?: RoomContext;
  readonly profile?: ProfileName;
  readonly noise?: number;
  readonly eve?: number;
  readonly seed?: string;
  readonly allows?: ResponderOptions["allows"];
  readonly qkdA?: QkdOptions;
  readonly qkdB?: QkdOptions;
}

/** Everything up to M1, with what is needed to go on. */
export async function begin({
  room = testRoom(),
  roomB = room,
  profile = "classic",
  noise = 0,
  eve = 0,
  seed = "1",
  allows = () => true,
  qkdA,
  qkdB,
}: Setting = {}) {
  const [a, b] = [testSelf("alice"), testSelf("bob")];
  const [randomA, randomB] = [drbg(`${seed} alice`), drbg(`${seed} bob`)];
  const announcement = new Announcement(roomB, b.id, randomB);
  const initiatorOptions = {
    room,
    self: a,
    announce: announcement.frame.slice(),
    random: randomA,
    rank: { role: 1, epoch: 0, members: 1 } as const,
    profile: PROFILES[profile],
    qubitCount: PROFILES[profile].defaultQubits,
    qkd: qkdA ?? null,
  };
  const responderOptions: ResponderOptions = {
    room: roomB,
    self: b,
    announcement,
    random: randomB,
    allows,
    channelFor: () => simulatedChannel({ noise, eve }),
    qkd: qkdB ?? null,
  };
  const { initiator, frame: m1 } = await Initiator.start(initiatorOptions);
  return { a, b, announcement, initiator, m1, initiatorOptions, responderOptions };
}

/** A whole handshake. */
export async function complete(setting: Setting = {}) {
  const begun = await begin(setting);
  const { responder, frame: m2 } = await Responder.answer(begun.m1, begun.responderOptions);
  const { frame: m3 } = await begun.initiator.receiveBases(m2);
  const { frame: m4, outcome: bob } = await responder.receiveSift(m3);
  const alice = await begun.initiator.receiveCheck(m4);
  return { ...begun, responder, m2, m3, m4, alice, bob };
}

export function flipBit(frame: Uint8Array, bit: number): Uint8Array {
  const changed = frame.slice();
  changed[bit >> 3] ^= 0x80 >> (bit & 7);
  return changed;
}
