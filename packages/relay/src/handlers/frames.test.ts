import assert from "node:assert/strict";
import { test } from "node:test";
import { ANNOUNCE_BYTES, EVENT_KINDS, KIND, type SealedEvent } from "@qsec2/sdk/wire";
import { fakeAnnounce, fakeFrame } from "../testing/frames.js";
import { checkAnnounce, checkFrame } from "./frames.js";

/** From the protocol, not from the code: bytes. */
const LARGEST: Readonly<Record<SealedEvent, number>> = {
  bb84_relay: 32_768,
  roomkey_share: 262_144,
  encrypted_message: 65_600,
  group_message: 65_568,
  store_encrypted: 65_568,
  relay: 65_568,
};
const EVENTS = Object.keys(LARGEST) as SealedEvent[];

function code(expected: string): (error: unknown) => boolean {
  return (error) => (error as { code?: string }).code === expected;
}

for (const event of EVENTS) {
  test(`${event} takes frames of its own kinds up to its own size, and gives back the same text`, () => {
    for (const kind of EVENT_KINDS[event]) {
      for (const bytes of [11, 12, 13, LARGEST[event] - 1, LARGEST[event]]) {
        const text = fakeFrame(kind, bytes);
        assert.deepEqual(checkFrame(event, text), { text, kind, bytes });
      }
      assert.throws(() => checkFrame(event, fakeFrame(kind, LARGEST[event] + 1)), code("frame_too_large"));
    }
  });

  test(`${event} refuses the kinds of other events, unknown kinds and other versions`, () => {
    const kinds: readonly number[] = EVENT_KINDS[event];
    for (const kind of [...Object.values(KIND), 0, 0x06, 0xff].filter((kind) => !kinds.includes(kind))) {
      assert.throws(() => checkFrame(event, fakeFrame(kind, 100)), code("frame_malformed"));
    }
    const versionTwo = Buffer.from(fakeFrame(kinds[0], 100), "base64url").fill(2, 0, 1).toString("base64url");
    assert.throws(() => checkFrame(event, versionTwo), code("frame_malformed"));
  });
}

test("what is not canonical base64url text is refused without being decoded", () => {
  const good = fakeFrame(KIND.GROUP, 100); // 100 bytes: 134 characters, the last with four unused bits
  for (const bad of [
    undefined,
    null,
    7,
    {},
    [good],
    Buffer.from(good),
    "",
    "AS",
    "A",
    good + "=",
    good.slice(0, -1) + "B",
    good.slice(0, 50) + "+" + good.slice(51),
    good.slice(0, 50) + "\n" + good.slice(51),
    good.slice(0, -1),
    good + "\n",
    ` ${good}`,
    good.slice(0, 50) + "Ā" + good.slice(51),
  ]) {
    assert.throws(() => checkFrame("group_message", bad), code("frame_malformed"), JSON.stringify(bad));
  }
});

test("an announce has its one size", () => {
  assert.equal(checkAnnounce(fakeAnnounce()), fakeAnnounce());
  assert.throws(() => checkAnnounce(fakeFrame(1, ANNOUNCE_BYTES - 1)), code("frame_malformed"));
  assert.throws(() => checkAnnounce(fakeFrame(1, ANNOUNCE_BYTES + 1)), code("frame_too_large"));
  assert.throws(() => checkAnnounce(fakeAnnounce().replace(/^A/, "B")), code("frame_malformed"));
});
