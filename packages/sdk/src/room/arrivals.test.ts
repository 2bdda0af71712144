import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Arrivals, type Arrival } from "./arrivals.js";
import { RETURN_HOLD, RETURN_HOLD_FILLED, RETURN_HOLD_MAX } from "./timing.js";

const ALICE = "A".repeat(43);
const BOB = "B".repeat(43);

/** An epoch with two senders, Alice at place 0 and Bob at 1, and what this member has opened of it. */
class Opened {
  readonly number: number;
  readonly progress = [0, 0];
  readonly #seen = [new Set<number>(), new Set<number>()];

  constructor(number: number) {
    this.number = number;
  }

  open(from: string, seq: number): Arrival {
    const sender = from === ALICE ? 0 : 1;
    this.#seen[sender].add(seq);
    while (this.#seen[sender].has(this.progress[sender])) this.progress[sender]++;
    const detail = { from, fromName: "", own: false, text: "", sentAt: 0, epoch: this.number, seq };
    return { received: { name: "message", detail }, epoch: this, sender };
  }
}

const taken = (arrivals: Arrivals, now: number) =>
  arrivals.take(now).map(({ detail: { from, epoch, seq } }) => `${from[0]}${epoch}.${seq}`);

describe("messages on their way to the application", () => {
  it("come as they arrive while the link stays up, whatever is missing", () => {
    const [arrivals, epoch] = [new Arrivals(), new Opened(1)];
    for (const seq of [2, 0, 1]) arrivals.add(epoch.open(ALICE, seq), 0);
    assert.deepEqual(taken(arrivals, 0), ["A1.2", "A1.0", "A1.1"]);
    assert.equal(arrivals.nextWake(), null);
  });

  it("wait after the link was down for those before them of the same sender, and for no others", () => {
    const [arrivals, epoch] = [new Arrivals(), new Opened(1)];
    arrivals.linkUp(0);
    arrivals.add(epoch.open(ALICE, 2), 10);
    arrivals.add(epoch.open(BOB, 0), 20);
    assert.deepEqual(taken(arrivals, 20), ["B1.0"]);
    arrivals.add(epoch.open(ALICE, 0), 30);
    assert.deepEqual(taken(arrivals, 30), ["A1.0"]);
    arrivals.add(epoch.open(ALICE, 3), 40);
    arrivals.add(epoch.open(ALICE, 1), 50);
    assert.deepEqual(taken(arrivals, 50), ["A1.1", "A1.2", "A1.3"]);
    assert.equal(arrivals.nextWake(), null);
  });

  it("wait for those of an earlier epoch that wait themselves", () => {
    const [arrivals, earlier, later] = [new Arrivals(), new Opened(1), new Opened(2)];
    arrivals.linkUp(0);
    arrivals.add(earlier.open(ALICE, 1), 10);
    arrivals.add(later.open(ALICE, 0), 20);
    assert.deepEqual(taken(arrivals, 20), []);
    arrivals.add(earlier.open(ALICE, 0), 30);
    assert.deepEqual(taken(arrivals, 30), ["A1.0", "A1.1", "A2.0"]);
  });

  it("wait for eight seconds after the link is back and no longer, also if the link is lost again and again", () => {
    const [arrivals, epoch] = [new Arrivals(), new Opened(1)];
    arrivals.linkUp(0);
    arrivals.add(epoch.open(ALICE, 2), 10);
    arrivals.linkUp(5_000);
    arrivals.add(epoch.open(ALICE, 4), 5_010);
    assert.equal(arrivals.nextWake(), RETURN_HOLD);
    assert.deepEqual(taken(arrivals, RETURN_HOLD - 1), []);
    assert.deepEqual(taken(arrivals, RETURN_HOLD), ["A1.2"]);
    assert.equal(arrivals.nextWake(), 5_000 + RETURN_HOLD);
    assert.deepEqual(taken(arrivals, 5_000 + RETURN_HOLD), ["A1.4"]);
    arrivals.add(epoch.open(ALICE, 6), 5_000 + RETURN_HOLD);
    assert.deepEqual(taken(arrivals, 5_000 + RETURN_HOLD), ["A1.6"], "what has not come by then is not waited for");
  });

  it("wait for them also when they come before the relay has said that the link is back", () => {
    const [arrivals, epoch] = [new Arrivals(), new Opened(1)];
    arrivals.linkDown();
    arrivals.add(epoch.open(ALICE, 1), 10);
    assert.deepEqual([taken(arrivals, 10), arrivals.nextWake()], [[], null]);
    arrivals.linkUp(20);
    assert.equal(arrivals.nextWake(), 20 + RETURN_HOLD);
    arrivals.add(epoch.open(ALICE, 0), 30);
    assert.deepEqual(taken(arrivals, 30), ["A1.0", "A1.1"]);
  });

  it("wait longer as long as those before them come, though never for more than half a minute", () => {
    const [arrivals, epoch] = [new Arrivals(), new Opened(1)];
    arrivals.linkUp(0);
    arrivals.add(epoch.open(ALICE, 100), 10);
    let [now, seq] = [RETURN_HOLD - 500, 0];
    for (; now < RETURN_HOLD_MAX; now += 1_500) arrivals.add(epoch.open(ALICE, seq++), now);
    assert.deepEqual(taken(arrivals, RETURN_HOLD_MAX).length, seq, "those that came are shown");
    assert.equal(arrivals.nextWake(), 10 + RETURN_HOLD_MAX);
    arrivals.add(epoch.open(ALICE, 101), RETURN_HOLD_MAX);
    assert.deepEqual(taken(arrivals, 10 + RETURN_HOLD_MAX), ["A1.100", "A1.101"]);
  });

  it("wait for two seconds more after the last of those before them that came", () => {
    const [arrivals, epoch] = [new Arrivals(), new Opened(1)];
    arrivals.linkUp(0);
    arrivals.add(epoch.open(ALICE, 2), 10);
    arrivals.add(epoch.open(ALICE, 0), RETURN_HOLD - 1);
    assert.deepEqual(taken(arrivals, RETURN_HOLD), ["A1.0"]);
    assert.equal(arrivals.nextWake(), RETURN_HOLD - 1 + RETURN_HOLD_FILLED);
    arrivals.add(epoch.open(ALICE, 1), RETURN_HOLD + 10);
    assert.deepEqual(taken(arrivals, RETURN_HOLD + 10), ["A1.1", "A1.2"]);
  });
});
