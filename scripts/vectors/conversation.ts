/**
 * `docs/vectors/conversation.json`: a conversation as the relay sees it, what a member knows, and what was said. It lets
 * an implementer read along without a room, a relay or this SDK.
 */
import { PROFILES } from "../../packages/sdk/src/bb84/index.js";
import { encodeChatEvent, type ChatEvent } from "../../packages/sdk/src/chat/chat-event.js";
import { identityOf } from "../../packages/sdk/src/crypto/signature.js";
import type { Self } from "../../packages/sdk/src/handshake/outcome.js";
import { roomContext } from "../../packages/sdk/src/handshake/room-secret.js";
import { makeCommit } from "../../packages/sdk/src/room/commits.js";
import { commitHash } from "../../packages/sdk/src/room/epoch-commit.js";
import { Epoch } from "../../packages/sdk/src/room/epoch.js";
import {
  CONTENT_TYPE,
  encodeControl,
  sealGroupMessage,
  type Content,
  type Control,
} from "../../packages/sdk/src/room/group-message.js";
import { encodeShare } from "../../packages/sdk/src/room/share.js";
import { drbg } from "../../packages/sdk/src/testing/drbg.js";
import { toBase64url } from "../../packages/sdk/src/wire/base64url.js";
import { toHex, utf8 } from "../../packages/sdk/src/wire/bytes.js";
import { KIND } from "../../packages/sdk/src/wire/kinds.js";
import { handshake, type Meeting } from "./handshakes.js";

const ROOM = "garden";
const START = 1_767_225_600_000;
/** Milliseconds between two messages. */
const STEP = 1500;

const ABOUT: readonly string[] = [
  "Everything that a relay saw of a conversation of alice and bob in a link room, in the order in which it passed it on, with what bob knows and what was said. Names and layouts are those of docs/protocol.md.",
  "Byte strings are hex, but for what is base64url on the socket too: 'frame', 'from', 'to', and the ids in chat events.",
  "A reader starts as bob with 'room' and 'insider' alone: rid and psk come from S; the announce is bob's, made from announce_seed (the X-Wing seed) and n_B; M1 opens with the decapsulated secret. Bob's own M2 and M4 open with the same tunnel, as he has both directions. The reconciled bits are the bits of alice's qubits (in M1) where the bases agree (M2, M3) and which were not disclosed (M3): profile classic, on a channel without noise.",
  "The leader alice was alone in epoch 1; bob comes in by the SHARE of epoch 2. Then the messages of both follow, each with the Chain of its sender. PING and PONG, which hold no content, are left out.",
  "'said' is what the messages say, in order: 'at' is the place of the frame in 'frames', from 0; 'type' the content type. Texts are in 'text'; chat events are in 'event', as an object; a control message is in 'control'.",
  'All of it is made with generators as in qsec2-v1.json: requests of SHAKE256(ASCII("QSEC2 v1 conversation/" + name) || u32(i), L bytes). Each of the two draws its identity seed (32) first; then, as there: bob for the announce and the run, alice for the run, and after it the room key of epoch 1 and that of epoch 2.',
];

interface Passed {
  readonly event: string;
  readonly from: string;
  readonly to?: string;
  readonly frame: string;
}

interface Said {
  readonly at: number;
  readonly from: string;
  readonly epoch: number;
  readonly seq: number;
  readonly ms: number;
  readonly type: number;
  readonly text?: string;
  readonly event?: ChatEvent;
  readonly control?: { readonly op: string; readonly id?: string };
}

type Line = { readonly text: string } | { readonly event: ChatEvent } | { readonly control: Control };

/** What the relay passes on, written down. */
class Recorder {
  readonly frames: Passed[] = [];
  readonly said: Said[] = [];

  pass(event: string, from: Self, to: Self | null, frame: Uint8Array): void {
    this.frames.push({
      event,
      from: toBase64url(from.id),
      ...(to === null ? {} : { to: toBase64url(to.id) }),
      frame: toBase64url(frame),
    });
  }

  async say(from: Self, epoch: Epoch, line: Line): Promise<void> {
    const ms = START + 10_000 + STEP * this.said.length;
    const content: Content = { ...contentOf(line), ms };
    const { frame, seq } = await sealGroupMessage(epoch, from.seed, content);
    const said = "control" in line ? { control: controlText(line.control) } : line;
    this.said.push({
      at: this.frames.length,
      from: from.name,
      epoch: epoch.number,
      seq,
      ms,
      type: content.type,
      ...said,
    });
    this.pass("group_message", from, null, frame);
  }
}

function contentOf(line: Line): Pick<Content, "type" | "body"> {
  if ("text" in line) return { type: CONTENT_TYPE.text, body: utf8(line.text) };
  if ("event" in line) return { type: CONTENT_TYPE.event, body: encodeChatEvent(line.event) };
  return { type: CONTENT_TYPE.control, body: encodeControl(line.control) };
}

function controlText(control: Control) {
  return control.op === "yield" ? { op: control.op, id: toBase64url(control.id) } : { op: control.op };
}

/** A member with a generator that gave its identity first. */
function member(name: string) {
  const random = drbg(`QSEC2 v1 conversation/${name}`);
  const seed = random(32);
  const self: Self = { seed, id: identityOf(seed), name };
  return { self, random };
}

export async function conversation() {
  const secret = drbg("QSEC2 v1 conversation/room")(32);
  const S = toHex(secret);
  const [alice, bob] = [member("alice"), member("bob")];
  const recorder = new Recorder();
  const room = roomContext("link", ROOM, secret);

  const insider = knownTo("bob");
  const meeting: Meeting = {
    room,
    initiator: alice.self,
    responder: bob.self,
    profile: PROFILES.classic,
    qubitCount: PROFILES.classic.defaultQubits,
    rank: { role: 1, epoch: 1, members: 1 },
    randomOf: ({ name }) => (name === "alice" ? alice : bob).random,
  };
  const { announce, m1, m2, m3, m4, outcomeA, outcomeB } = await handshake(meeting);
  recorder.pass("announce_pubkey", bob.self, null, announce);
  recorder.pass("bb84_relay", alice.self, bob.self, m1);
  recorder.pass("bb84_relay", bob.self, alice.self, m2);
  recorder.pass("bb84_relay", alice.self, bob.self, m3);
  recorder.pass("bb84_relay", bob.self, alice.self, m4);

  const plan = { rid: room.rid, self: alice.self, capacity: 2, remove: [], random: alice.random };
  const alone = makeCommit({ ...plan, current: null, reason: "create", ms: START, add: [] });
  const current = { commit: alone.commit, hash: commitHash(alone.share.commit) };
  const { commit, share } = makeCommit({
    ...plan,
    current,
    reason: "join",
    ms: START + 5000,
    add: [{ id: bob.self.id, name: "bob" }],
  });
  const epochOf = ({ id }: Self) => new Epoch(commit, share.commit, share.roomKey.slice(), id);
  const [epochA, epochB] = [epochOf(alice.self), epochOf(bob.self)];
  const record = await outcomeA.session.seal(KIND.SHARE, encodeShare(share));
  recorder.pass("roomkey_share", alice.self, bob.self, record);
  recorder.pass("encrypted_message", bob.self, alice.self, await outcomeB.session.seal(KIND.ACK, epochB.hash));

  const refTo = (self: Self, seq: number) => ({ id: toBase64url(self.id), epoch: commit.epoch, seq });
  const asAlice = (line: Line) => recorder.say(alice.self, epochA, line);
  const asBob = (line: Line) => recorder.say(bob.self, epochB, line);
  await asAlice({ text: "Hello Bob! Are the beans up?" });
  await asBob({ event: { op: "typing", on: true } });
  await asBob({ text: "Since Tuesdya. 🌱" });
  await asBob({ event: { op: "edit", ref: refTo(bob.self, 1), text: "Since Tuesday. 🌱" } });
  await asAlice({ event: { op: "react", ref: refTo(bob.self, 1), emoji: "👍" } });
  await asAlice({ event: { op: "receipt", ref: refTo(bob.self, 1), state: "read" } });
  // Longer than a bucket of 256 bytes.
  await asBob({
    event: { op: "reply", ref: refTo(alice.self, 0), text: "Row after row, ".repeat(20) + "and no slugs." },
  });
  await asAlice({ text: "Grüße aus dem Garten: Ζουζούνια, 豆." });
  await asBob({ event: { op: "expire", ref: refTo(bob.self, 3), seconds: 86_400 } });
  await asBob({ event: { op: "delete", ref: refTo(bob.self, 3) } });
  await asAlice({ control: { op: "yield", id: bob.self.id } });
  await asAlice({ control: { op: "bye" } });
  await asBob({ control: { op: "bye" } });

  return {
    protocol: "QSEC2 v1",
    about: ABOUT,
    room: { name: ROOM, admission: "link", S },
    insider,
    frames: recorder.frames,
    session: { th5: toHex(outcomeB.session.th5), emoji: outcomeB.safetyCode.emoji.map(({ symbol }) => symbol) },
    epoch: {
      h: toHex(epochB.hash),
      room_code: epochB.roomCode,
      members: commit.roster.map(({ id, name }) => ({ id: toBase64url(id), name })),
    },
    said: recorder.said,
  };
}

/** What a member has that the relay has not. Drawn by a generator of its own, from the beginning. */
function knownTo(name: string) {
  const random = drbg(`QSEC2 v1 conversation/${name}`);
  return {
    name,
    identity_seed: toHex(random(32)),
    announce_seed: toHex(random(32)),
    n_B: toHex(random(32)),
  };
}
