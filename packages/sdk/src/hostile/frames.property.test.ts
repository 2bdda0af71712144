import assert from "node:assert/strict";
import { before, describe } from "node:test";
import fc from "fast-check";
import { flipBit } from "../testing/members.js";
import { property } from "../testing/property.js";
import { say } from "../testing/rooms.js";
import { VirtualRelay, type Passing, type VirtualMember } from "../testing/virtual-room.js";
import { toHex } from "../wire/bytes.js";
import { KIND } from "../wire/kinds.js";

/** Everything that the members send and are told but for what they are warned of, in order; and how often they are warned. */
interface Transcript {
  readonly steps: readonly string[];
  readonly warnings: number;
}

/**
 * Two people meet, talk, and one leaves: each step follows from the seeds of the two.
 * @param before what the relay makes up and delivers just before a frame
 */
async function conversation(before: (passing: Passing) => readonly Uint8Array[]): Promise<Transcript> {
  const relay = new VirtualRelay();
  const steps: string[] = [];
  relay.onSent = ({ name }, message) => {
    const frame = "frame" in message ? toHex(message.frame) : "";
    steps.push(`${name} ${message.event} ${JSON.stringify(message.header)} ${frame}`);
  };
  relay.route = (passing) => {
    const forged = before(passing).map((frame) => ({ ...passing, message: { ...passing.message, frame } }));
    return [...forged, passing];
  };
  const pass = async (tenths: number) => {
    for (let i = 0; i < tenths; i++) await relay.advance(100, 100);
  };
  const alice = await relay.join("alice");
  const bob = await relay.join("bob");
  await pass(5);
  await say(relay, bob, "one");
  await say(relay, alice, "two");
  await pass(40);
  await relay.run(bob, (now) => bob.room.leave(now));
  await pass(120); // as long as frames of an epoch that never comes are kept
  const told = (member: VirtualMember) => member.told.filter(({ name }) => name !== "security");
  for (const member of [alice, bob]) steps.push(JSON.stringify(told(member)));
  const warnings = [alice, bob].flatMap((member) => member.told.filter(({ name }) => name === "security"));
  return { steps, warnings: warnings.length };
}

/**
 * What anybody may send to begin a handshake is no secret and answers to nobody: a changed M1 or announce is another
 * one. What becomes of those is in the table of attacks.
 */
function isSealed({ message }: Passing): boolean {
  const { event, frame } = message;
  if (event === "announce_pubkey") return false;
  return event !== "bb84_relay" || [KIND.M2, KIND.M3, KIND.M4].includes(frame[1] as 2);
}

/** Where a SHARE names its session: one that names none asks for a fresh offer, on purpose. */
const SID = { from: 8 * 2, to: 8 * 10 };
/** What begins a handshake, asks for it or gives it up is nobody's word: another kind can become one of these. */
const UNAUTHENTICATED: readonly number[] = [KIND.M1, KIND.WANT, KIND.ABORT];

function spoilt(frame: Uint8Array, choice: number): Uint8Array {
  if (choice % 4 === 0) return frame.slice(0, (choice >> 2) % frame.length);
  const bit = (choice >> 2) % (8 * frame.length);
  const flipped = flipBit(frame, frame[1] === KIND.SHARE && bit >= SID.from && bit < SID.to ? bit + SID.to : bit);
  return UNAUTHENTICATED.includes(flipped[1]) ? flipBit(frame, SID.to) : flipped;
}

describe("a frame that was cut or changed", () => {
  let reference: Transcript;
  before(async () => {
    reference = await conversation(() => []);
    assert.ok(reference.steps.length > 15 && reference.warnings === 0);
  });

  property(
    "P1: is refused with a warning, changes nothing at its receiver, and sends nothing back: all that follows is the same to the byte",
    fc.asyncProperty(fc.array(fc.nat(0x7fff_ffff), { minLength: 12, maxLength: 24 }), async (choices) => {
      let forged = 0;
      const attacked = await conversation((passing) =>
        isSealed(passing) ? [spoilt(passing.message.frame, choices[forged++ % choices.length])] : [],
      );
      assert.ok(forged >= 8);
      assert.deepEqual(attacked.steps, reference.steps);
      assert.ok(attacked.warnings >= forged, `${attacked.warnings} of ${forged}`);
    }),
  );
});
