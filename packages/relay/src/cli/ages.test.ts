import assert from "node:assert/strict";
import { test } from "node:test";
import { age, moment } from "./ages.js";

const NOW = Date.UTC(2026, 0, 31, 12);

test("ages are said in the unit that fits", () => {
  const said = [0, 119, 120, 7_199, 7_200, 172_799, 172_800, -5].map((seconds) => age(seconds * 1000));
  assert.deepEqual(said, ["0 s", "119 s", "2 min", "119 min", "2 h", "47 h", "2 d", "0 s"]);
});

test("a moment is before now or a date in UTC", () => {
  const cases = [
    ["90s", "2026-01-31T11:58:30.000Z"],
    ["15min", "2026-01-31T11:45:00.000Z"],
    ["15m", "2026-01-31T11:45:00.000Z"],
    ["2h", "2026-01-31T10:00:00.000Z"],
    ["7d", "2026-01-24T12:00:00.000Z"],
    ["2026-01-30", "2026-01-30T00:00:00.000Z"],
    ["2026-01-30T08:15", "2026-01-30T08:15:00.000Z"],
    ["2026-01-30T08:15:16.5", "2026-01-30T08:15:16.500Z"],
    ["2026-01-30T08:15+02:00", "2026-01-30T06:15:00.000Z"],
  ] as const;
  for (const [text, iso] of cases) assert.equal(moment(text, NOW), iso);
});

test("what is neither is none", () => {
  for (const text of ["", "yesterday", "7", "-2h", "2026-13-01", "2026-1-1", "9".repeat(30) + "d"])
    assert.equal(moment(text, NOW), undefined, text);
});
