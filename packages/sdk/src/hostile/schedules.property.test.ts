import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { Canary } from "../testing/canary.js";
import { ownedKeys } from "../testing/owned-keys.js";
import { property } from "../testing/property.js";
import { Schedule, schedules } from "../testing/schedules.js";
import type { Passing } from "../testing/virtual-room.js";
import { utf8 } from "../wire/bytes.js";

/** What a relay does to one frame after the other; the list is gone through again and again. */
const tricks = fc.array(fc.constantFrom("pass", "pass", "pass", "pass", "drop", "double", "lie", "flip"), {
  minLength: 5,
  maxLength: 40,
});
const chances = fc.array(fc.nat(0xffff), { minLength: 20, maxLength: 60 });

/** A schedule on a relay that drops, doubles, delays, changes and misattributes, with all that can be seen of it. */
class Attacked {
  readonly room = new Schedule();
  readonly seen: Uint8Array[] = [];
  /** The random draws themselves, which their owners zero. */
  readonly drawn: Uint8Array[] = [];
  readonly canary = new Canary();
  readonly #tricks: readonly string[];
  readonly #chances: readonly number[];
  #trick = 0;
  #chance = 0;

  constructor(toPlay: readonly string[], numbers: readonly number[]) {
    this.#tricks = toPlay;
    this.#chances = numbers;
    const { relay } = this.room;
    relay.pick = (count) => (this.#next() % 3 === 0 ? this.#next() % count : 0);
    relay.route = (passing) => this.#tricked(passing);
    relay.onSent = (_, message) => {
      this.seen.push(utf8(JSON.stringify(message.header)));
      if ("frame" in message) this.seen.push(message.frame.slice());
    };
    relay.onDraw = (bytes) => {
      this.drawn.push(bytes);
      if (bytes.length >= 12) this.canary.register(`draw of ${bytes.length} bytes`, bytes);
    };
  }

  #next(): number {
    return this.#chances[this.#chance++ % this.#chances.length];
  }

  #tricked(passing: Passing): readonly Passing[] {
    const { message } = passing;
    switch (this.#tricks[this.#trick++ % this.#tricks.length]) {
      case "drop":
        return [];
      case "double":
        return [passing, passing];
      case "lie":
        return [{ ...passing, from: this.room.all[this.#next() % this.room.all.length] }, passing];
      case "flip": {
        const frame = message.frame.slice();
        frame[this.#next() % frame.length] ^= 1 << (this.#next() % 8);
        return [{ ...passing, message: { ...message, frame } }, passing];
      }
      default:
        return [passing];
    }
  }

  /** P6 and P7 for every text that anybody was shown. */
  checkMessages(): void {
    for (const { id, told } of this.room.all) {
      const shown = new Set<string>();
      for (const event of told) {
        if (event.name !== "message") continue;
        const { text, from, epoch, seq } = event.detail;
        const sealed = this.room.said.get(text);
        assert.deepEqual([sealed?.from, sealed?.epoch, sealed?.seq], [from, epoch, seq], "P7");
        assert.ok(!shown.has(text), "P7: once");
        assert.ok(sealed!.readers.has(id), "P6");
        shown.add(text);
      }
    }
  }

  /** P14. Shorter draws are coins: which bits are sampled, what a detector shows where the bases differ. */
  checkZeroed(): void {
    const secrets = this.drawn.filter((bytes) => bytes.length >= 16);
    assert.ok(secrets.length > 0 && secrets.every(isZero), "P14: draws");
  }
}

describe("a room on a relay that does anything to its frames", () => {
  property(
    "P3: seals with no key twice; P6, P7: shows each message once, to those it was sealed to, as its sender's; P13: shows the relay nothing secret; P14: leaves nothing when it is destroyed",
    fc.asyncProperty(schedules, tricks, chances, async (schedule, toPlay, numbers) => {
      const attacked = new Attacked(toPlay, numbers);
      attacked.canary.install();
      const { imported, sealedWith } = await ownedKeys(async () => {
        await attacked.room.play(schedule);
        await attacked.room.relay.advance(3_000);
        for (const { room } of attacked.room.all) room.wipe();
      }).finally(() => attacked.canary.uninstall());
      fc.pre(sealedWith.length > 0); // the relay may have kept everybody apart
      attacked.checkMessages();
      assert.equal(new Set(sealedWith).size, sealedWith.length, "P3");
      for (const text of attacked.room.said.keys()) attacked.canary.register("text", text);
      assert.deepEqual(attacked.canary.leaks(attacked.seen), [], "P13");
      assert.ok(imported.every(isZero), "P14: keys");
      attacked.checkZeroed();
    }),
  );
});

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
