import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pooledDrbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { flipBit } from "../bits.js";
import {
  AUTHENTICATION_BITS,
  TAG_BYTES,
  TranscriptAuthentication,
  transcriptForgery,
  type TranscriptSide,
} from "./transcript.js";

type Message = readonly [from: TranscriptSide, bytes: Uint8Array];

const random = pooledDrbg("transcripts");
const TRANSCRIPT: readonly Message[] = [
  ["alice", random(100)],
  ["bob", random(17)],
  ["alice", random(0)],
  ["alice", random(8)],
];

/** Both sides with the same key, each with the messages as it saw them. */
function both(ofAlice: readonly Message[] = TRANSCRIPT, ofBob: readonly Message[] = ofAlice) {
  const key = random(AUTHENTICATION_BITS / 8);
  const alice = new TranscriptAuthentication("alice", key.slice());
  const bob = new TranscriptAuthentication("bob", key);
  for (const message of ofAlice) alice.record(...message);
  for (const message of ofBob) bob.record(...message);
  return { alice, bob };
}

describe("authentication of the transcript", () => {
  test("lets through two sides that saw the same messages", () => {
    const { alice, bob } = both();
    const tag = alice.tag();
    assert.equal(tag.length, TAG_BYTES);
    bob.check(tag);
    alice.check(bob.tag());
  });

  test("refuses any bit that is changed, in a message or in a tag", () => {
    TRANSCRIPT.forEach(([from, bytes], at) => {
      for (let place = 0; place < bytes.length * 8; place++) {
        const changed = bytes.slice();
        flipBit(changed, place);
        const { alice, bob } = both(TRANSCRIPT, TRANSCRIPT.with(at, [from, changed]));
        throwsCode("BAD_SIG", () => bob.check(alice.tag()));
      }
    });
    for (let place = 0; place < 64; place++) {
      const { alice, bob } = both();
      const tag = alice.tag();
      flipBit(tag, place);
      throwsCode("BAD_SIG", () => bob.check(tag));
    }
  });

  test("refuses messages that are missing, added, swapped, of the other side, or cut at another place", () => {
    const [first, second, empty, last] = TRANSCRIPT;
    const zero = new Uint8Array(1);
    const others: readonly (readonly Message[])[] = [
      [],
      [first, second, empty],
      [first, second, last],
      [...TRANSCRIPT, empty],
      [...TRANSCRIPT, ["alice", zero]],
      [second, first, empty, last],
      [["bob", first[1]], second, empty, last],
      [first, second, ["bob", empty[1]], last],
      [first, ["bob", Uint8Array.of(...second[1], 0)], empty, last],
      [["alice", first[1].subarray(0, 96)], ["alice", first[1].subarray(96)], second, empty, last],
    ];
    for (const other of others) {
      const { alice, bob } = both(TRANSCRIPT, other);
      throwsCode("BAD_SIG", () => bob.check(alice.tag()));
    }
  });

  test("refuses a side's own tag that is sent back, and tags of another length", () => {
    const { alice } = both();
    const own = alice.tag();
    throwsCode("BAD_SIG", () => alice.check(own));
    for (const length of [0, 7, 9]) throwsCode("BAD_SIG", () => both().bob.check(new Uint8Array(length)));
  });

  test("allows one tag, one check, and no message after either", () => {
    const { alice, bob } = both();
    const tag = alice.tag();
    throwsCode("bad_state", () => alice.tag());
    throwsCode("bad_state", () => alice.record("alice", new Uint8Array(1)));
    bob.check(tag);
    throwsCode("bad_state", () => bob.check(tag));
    throwsCode("bad_state", () => bob.record("alice", new Uint8Array(1)));
    alice.check(bob.tag());
  });

  test("is over after a tag that did not fit: there is no second try, and no tag for who failed", () => {
    const { alice, bob } = both();
    throwsCode("BAD_SIG", () => bob.check(new Uint8Array(TAG_BYTES)));
    throwsCode("bad_state", () => bob.check(alice.tag()));
    throwsCode("bad_state", () => bob.tag());
  });

  test("uses its key up, so that no pad is used twice", () => {
    const key = random(24);
    new TranscriptAuthentication("alice", key);
    assert.ok(key.every((byte) => byte === 0));
    throwsCode("bad_option", () => new TranscriptAuthentication("alice", key));
    for (const length of [0, 23, 25])
      throwsCode("bad_option", () => new TranscriptAuthentication("bob", random(length)));
    throwsCode("bad_option", () => new TranscriptAuthentication("eve" as TranscriptSide, random(24)));
    throwsCode("bad_option", () => both().alice.record("eve" as TranscriptSide, random(1)));
  });

  test("hides the polynomial's value behind a pad: two sides' tags of one transcript differ", () => {
    const { alice, bob } = both();
    assert.notDeepEqual(alice.tag(), bob.tag());
  });

  test("bounds a forgery by the blocks of the transcript", () => {
    assert.equal(transcriptForgery([]), 2 ** -64);
    assert.equal(transcriptForgery([100, 17, 0, 8]), (1 + 14 + 4 + 1 + 2) * 2 ** -64);
  });
});
