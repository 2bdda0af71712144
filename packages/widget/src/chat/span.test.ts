import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { around, earlier, kept, lastOf, later, PAGE, SPAN_MAX, type Span } from "./span.js";

const moves = fc.array(
  fc.oneof(
    fc.record({ move: fc.constantFrom("earlier", "later", "last") }),
    fc.record({ move: fc.constantFrom("grow", "shrink"), by: fc.nat({ max: 400 }), follow: fc.boolean() }),
    fc.record({ move: fc.constant("around"), by: fc.nat({ max: 100 }) }),
  ),
);

test("the part in the page is never larger than its limit, and never outside the list, however one moves", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000 }), moves, (first, all) => {
      let length = first;
      let span: Span = lastOf(length);
      for (const step of all) {
        const before = length;
        if (step.move === "earlier") span = earlier(span);
        else if (step.move === "later") span = later(span, length);
        else if (step.move === "last") span = lastOf(length);
        else if ("follow" in step) {
          length = step.move === "grow" ? length + step.by : Math.max(0, length - step.by);
          span = kept(span, length, before, step.follow);
        } else if ("by" in step && length > 0) {
          const index = Math.floor((step.by / 101) * length);
          span = around(index, span, length);
          assert.ok(span.start <= index && index < span.end);
        }
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length, JSON.stringify({ span, length }));
        assert.ok(span.end - span.start <= SPAN_MAX);
        if (length > 0) assert.ok(span.end > span.start);
      }
    }),
  );
});

test("paging reaches both ends", () => {
  let span = lastOf(1_000);
  while (span.start > 0) span = earlier(span);
  assert.deepEqual(span, { start: 0, end: SPAN_MAX });
  while (span.end < 1_000) span = later(span, 1_000);
  assert.deepEqual(span, { start: 1_000 - SPAN_MAX, end: 1_000 });
});

test("who follows sees each new entry, who reads further up keeps what is there", () => {
  assert.deepEqual(kept({ start: 0, end: 10 }, 11, 10, true), { start: 0, end: 11 });
  assert.equal(kept(lastOf(1_000), 1_001, 1_000, true).end, 1_001);
  const up = { start: 100, end: 100 + SPAN_MAX };
  assert.deepEqual(kept(up, 501, 500, false), up);
  assert.ok(kept({ start: 0, end: SPAN_MAX }, SPAN_MAX + 1, SPAN_MAX, true).start >= PAGE);
});
