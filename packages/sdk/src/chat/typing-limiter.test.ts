import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { IncomingTyping, OutgoingTyping, TYPING_LIFETIME, TYPING_PAUSE } from "./typing-limiter.js";

describe("typing that is told", () => {
  it("goes out at most once in three seconds, and again while it goes on", () => {
    const typing = new OutgoingTyping();
    const sent = Array.from({ length: 100 }, (_, i) => i * 100).filter((now) => typing.take(true, now));
    assert.deepEqual(sent, [0, 3000, 6000, 9000]);
  });

  it("never goes out twice within the pause, whatever is typed", () => {
    const calls = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4000 })));
    fc.assert(
      fc.property(calls, (steps) => {
        const typing = new OutgoingTyping();
        let now = 0;
        let last = -Infinity;
        for (const [on, pause] of steps) {
          now += pause;
          if (!typing.take(on, now)) continue;
          assert.ok(now - last >= TYPING_PAUSE);
          last = now;
        }
      }),
    );
  });

  it("is taken back only where somebody still shows it", () => {
    const typing = new OutgoingTyping();
    assert.equal(typing.take(false, 0), false);
    assert.equal(typing.take(true, 0), true);
    assert.equal(typing.take(false, 1000), false);
    assert.equal(typing.take(false, 3000), true);
    assert.equal(typing.take(false, 7000), false);
    assert.equal(typing.take(true, 8000), true);
    assert.equal(typing.take(false, 8000 + TYPING_LIFETIME), false);
    assert.equal(typing.take(true, 20_000), true);
    typing.sentMessage();
    assert.equal(typing.take(false, 23_000), false);
  });
});

describe("typing of others", () => {
  it("ends with a word, with a message, or by itself after six seconds", () => {
    const typing = new IncomingTyping();
    assert.equal(typing.nextChange, null);
    assert.equal(typing.receive("a", true, 0), true);
    assert.equal(typing.receive("b", true, 1000), true);
    assert.equal(typing.receive("a", true, 2000), false);
    assert.deepEqual(typing.members(2000), ["a", "b"]);
    assert.equal(typing.nextChange, 7000);
    assert.deepEqual(typing.members(7000), ["a"]);
    assert.equal(typing.receive("b", true, 7500), true);
    assert.equal(typing.clear("b", 7600), true);
    assert.equal(typing.receive("a", false, 7700), true);
    assert.equal(typing.receive("a", false, 7800), false);
    assert.deepEqual(typing.members(7800), []);
  });

  it("that has run out counts as new when it comes again", () => {
    const typing = new IncomingTyping();
    typing.receive("a", true, 0);
    assert.equal(typing.clear("a", TYPING_LIFETIME), false);
    typing.receive("a", true, 0);
    assert.equal(typing.receive("a", true, TYPING_LIFETIME), true);
  });
});
