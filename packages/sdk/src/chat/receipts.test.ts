import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { RECEIPT_STATES, type ReceiptState } from "./chat-event.js";
import { Receipts } from "./receipts.js";

const ref = (seq: number, epoch = 1, id = "alice") => ({ id, epoch, seq });
const receipt = (state: ReceiptState, seq: number, epoch = 1, id = "alice") => ({ state, ref: ref(seq, epoch, id) });

describe("receipts", () => {
  it("cover all messages of the sender in the epoch up to theirs, and no others", () => {
    const receipts = new Receipts();
    assert.equal(receipts.receive("bob", receipt("delivered", 5)), true);
    assert.equal(receipts.receive("bob", receipt("read", 3)), true);
    assert.deepEqual(
      [0, 3, 4, 5, 6].map((seq) => receipts.stateOf("bob", ref(seq))),
      ["read", "read", "delivered", "delivered", null],
    );
    assert.equal(receipts.stateOf("bob", ref(0, 2)), null);
    assert.equal(receipts.stateOf("bob", ref(0, 1, "carol")), null);
    assert.equal(receipts.stateOf("carol", ref(0)), null);
  });

  it("that say nothing new, or less than is known, change nothing", () => {
    const receipts = new Receipts();
    assert.equal(receipts.receive("bob", receipt("read", 5)), true);
    for (const again of [receipt("read", 5), receipt("delivered", 5), receipt("read", 0)])
      assert.equal(receipts.receive("bob", again), false);
    assert.equal(receipts.stateOf("bob", ref(5)), "read");
    assert.equal(receipts.receive("alice", receipt("read", 9)), false);
  });

  it("come to the same in whatever order and however often they arrive", () => {
    const one = fc.tuple(
      fc.constantFrom("bob", "carol"),
      fc.constantFrom(...RECEIPT_STATES),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 2 }),
    );
    const both = fc
      .array(one)
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 0 })));
    fc.assert(
      fc.property(both, ([list, shuffled]) => {
        const [a, b] = [new Receipts(), new Receipts()];
        for (const [reader, state, seq, epoch] of list) a.receive(reader, receipt(state, seq, epoch));
        for (const [reader, state, seq, epoch] of [...shuffled, ...list]) b.receive(reader, receipt(state, seq, epoch));
        for (const reader of ["bob", "carol"])
          for (const epoch of [1, 2])
            for (let seq = 0; seq <= 10; seq++)
              assert.equal(a.stateOf(reader, ref(seq, epoch)), b.stateOf(reader, ref(seq, epoch)));
      }),
    );
  });

  it("name who has a message and who has read it, until its epoch is forgotten", () => {
    const receipts = new Receipts();
    receipts.receive("bob", receipt("delivered", 1));
    receipts.receive("carol", receipt("read", 0));
    assert.deepEqual(receipts.of(ref(0)), { delivered: ["bob", "carol"], read: ["carol"] });
    assert.deepEqual(receipts.of(ref(1)), { delivered: ["bob"], read: [] });
    const message = { from: "alice", epoch: 1, seq: 0 };
    assert.deepEqual(receipts.of(message), { delivered: ["bob", "carol"], read: ["carol"] });
    assert.equal(receipts.stateOf("carol", message), "read");
    receipts.receive("bob", receipt("read", 0, 2));
    receipts.forgetBefore(2);
    assert.deepEqual(receipts.of(ref(0)), { delivered: [], read: [] });
    assert.deepEqual(receipts.of(ref(0, 2)), { delivered: ["bob"], read: ["bob"] });
  });
});
