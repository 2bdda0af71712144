import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { property } from "../testing/property.js";
import { inOneEpoch, read } from "../testing/rooms.js";
import { Schedule, schedules } from "../testing/schedules.js";

describe("a room under any schedule", () => {
  property(
    "P5: is one again a minute after it was left alone, and P6: nobody has read what was sealed before a join or after a removal",
    fc.asyncProperty(schedules, async (schedule) => {
      const room = new Schedule();
      await room.play(schedule);
      await room.relay.advance(60_000, 250);
      inOneEpoch(...room.live);
      for (const member of room.all) {
        const readers = read(member).map((text) => room.said.get(text)?.readers.has(member.id));
        assert.ok(!readers.includes(false) && !readers.includes(undefined), "P6");
      }
    }),
  );
});
