import assert from "node:assert/strict";
import { test } from "node:test";
import { RELAY_ERROR_CODES } from "@qsec2/sdk/wire";
import { Counters, LIMITS, REFUSED } from "./counters.js";

test("everything that can be refused has a count of its own from the start, under a name fit for a label", () => {
  const counters = new Counters();
  assert.deepEqual(Object.keys(counters.snapshot()), REFUSED);
  assert.equal(new Set(REFUSED).size, REFUSED.length);
  for (const name of REFUSED) assert.match(name, /^[a-z0-9_]+$/);
  for (const name of LIMITS) assert.equal(counters.refused(name), 0);
  for (const code of RELAY_ERROR_CODES) assert.equal(REFUSED.includes(code as never), code !== "rate_limited", code);
});

test("a snapshot is a copy: it does not change with what is refused later", () => {
  const counters = new Counters();
  counters.refuse("backlog");
  const before = counters.snapshot();
  counters.refuse("backlog");
  counters.refuse("room_full");
  assert.deepEqual([before.backlog, before.room_full], [1, 0]);
  assert.deepEqual([counters.snapshot().backlog, counters.refused("room_full")], [2, 1]);
});
