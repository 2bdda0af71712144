import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../locale/en.js";
import { qubit } from "../../testing/details.js";
import { describeQubit } from "./describe.js";

const plain = (...args: Parameters<typeof qubit>): string => describeQubit(qubit(...args), en).replaceAll("\u2060", "");

test("a qubit is told as sent, measured, and what came of it", () => {
  assert.equal(
    plain({ basis: 0, bit: 1 }, { basis: 0, bit: 1 }),
    "Sent |1⟩, measured |1⟩ in the rectilinear basis. Bases agree.",
  );
  assert.equal(
    plain({ basis: 0, bit: 1 }, { basis: 1, bit: 1 }),
    "Sent |1⟩, measured |−⟩ in the diagonal basis. Bases differ: the state collapses.",
  );
  assert.equal(
    plain({ basis: 1, bit: 0 }, { basis: 1, bit: 1 }),
    "Sent |+⟩, measured |−⟩ in the diagonal basis. Bases agree, yet the bit is wrong.",
  );
});

test("what this side does not know is said to be undisclosed", () => {
  assert.equal(
    plain({ basis: 0, bit: null }, { basis: 1, bit: null }),
    "Sent in the rectilinear basis, bit not disclosed, measured in the diagonal basis, result not disclosed. Bases differ: the state collapses.",
  );
});
