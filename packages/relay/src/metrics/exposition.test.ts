import assert from "node:assert/strict";
import { test } from "node:test";
import { exposition, type Sample } from "./exposition.js";

test("a metric is its help, its type and a line for each value", () => {
  const samples: readonly Sample[] = [
    { value: 3, labels: { reason: "room_full" } },
    { value: 0.25, labels: { reason: "host", place: "edge" } },
  ];
  assert.equal(
    exposition([
      { name: "refused_total", type: "counter", help: "What was refused.", samples },
      { name: "rooms", type: "gauge", help: "Rooms.", samples: [{ value: 0 }] },
    ]),
    "# HELP refused_total What was refused.\n# TYPE refused_total counter\n" +
      'refused_total{reason="room_full"} 3\nrefused_total{reason="host",place="edge"} 0.25\n' +
      "# HELP rooms Rooms.\n# TYPE rooms gauge\nrooms 0\n",
  );
});

test("no value of a label and no help can begin a line of its own, and a number that is none is still one line", () => {
  const labels = { a: 'x"} 1\nforged 2\\' };
  const text = exposition([
    { name: "m", type: "gauge", help: "two\nlines \\", samples: [{ value: Number.NaN, labels }, { value: Infinity }] },
  ]);
  assert.deepEqual(text.split("\n"), [
    "# HELP m two\\nlines \\\\",
    "# TYPE m gauge",
    String.raw`m{a="x\"} 1\nforged 2\\"} NaN`,
    "m +Inf",
    "",
  ]);
});
