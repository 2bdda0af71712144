import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Rings, type RingLimits } from "./rings.js";

const LIMITS: RingLimits = { ring: 8, ringSize: 64 };
const ALICE = { room: "r", id: "alice" };

/** Rings with a clock that is set by hand. */
function ringsAt(clock: { now: number }, limits = LIMITS, total?: number): Rings {
  return new Rings(limits, 1_000, total, () => clock.now);
}

function add(rings: Rings, room = "r", frame = "x", to?: string): void {
  rings.add(room, { event: "group_message", header: {}, frame }, "bob", to);
}

test("what nobody can come back for any more is let go of, and then nothing is recovered", () => {
  const clock = { now: 0 };
  const rings = ringsAt(clock);
  const { position } = rings.enter(ALICE, false, { epoch: "", seq: 0 });
  add(rings);
  clock.now = 600;
  add(rings);
  clock.now = 1_000;
  rings.expire();
  assert.equal(rings.enter(ALICE, true, position).missed?.length, 2);
  clock.now = 1_001;
  rings.expire();
  assert.equal(rings.stats.frames, 1);
  assert.equal(rings.enter(ALICE, true, position).missed, undefined);
});

test("all rooms together hold no more than they may; a room that is over its share does without, the others keep theirs", () => {
  const rings = ringsAt({ now: 0 }, LIMITS, 10_000);
  const places = ["one", "two"].map((room) => ({ room, id: "alice" }));
  const [one, two] = places.map((place) => rings.enter(place, false, { epoch: "", seq: 0 }).position);
  add(rings, "one", "x".repeat(9_000));
  add(rings, "two", "x".repeat(9_000));
  assert.ok(rings.stats.bytes <= 10_000);
  assert.equal(rings.enter(places[0], true, one).missed?.length, 1);
  assert.equal(rings.enter(places[1], true, two).missed, undefined);
  rings.close("one");
  assert.deepEqual(rings.stats, { frames: 0, bytes: 0 });
});

test("whatever is said, to whom and when a link drops: each gets exactly what it missed, or is told that this is not known", () => {
  const step = fc.record({ to: fc.constantFrom(undefined, "alice", "carol"), down: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const rings = ringsAt({ now: 0 });
      let has = rings.enter(ALICE, false, { epoch: "", seq: 0 }).position!;
      let missed: number[] = [];
      let passedMeanwhile = 0;
      for (const { to, down } of steps) {
        const { header } = rings.add("r", { event: "e", header: {}, frame: "x" }, "bob", to);
        const { n } = header as { n: number };
        if (to !== "carol") missed.push(n);
        passedMeanwhile++;
        if (down) continue; // the link stays down, what was passed on is still missed
        const entered = rings.enter(ALICE, true, has);
        const got = entered.missed?.map(({ header }) => (header as { n: number }).n);
        assert.deepEqual(got, passedMeanwhile > LIMITS.ring ? undefined : missed);
        has = entered.position!;
        missed = [];
        passedMeanwhile = 0;
      }
    }),
  );
});
