import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { computeQber } from "./qber.js";

test("the sifted positions are compared up to the limit, and the rate is errors over sample", () => {
  assert.deepEqual(computeQber("0110", "0100", "1011"), {
    ...{ sifted: 3, compared: 3, mismatches: 1 },
    ...{ positions: [2], qber: 1 / 3, percent: 100 / 3 },
  });
  assert.deepEqual(computeQber("0110", "0101", "1111", 3).positions, [2]);
  assert.deepEqual(computeQber("0".repeat(100), "1".repeat(100), "1".repeat(100)).compared, 10, "ten unless said");
  assert.equal(computeQber("0110", "1001", "1111").percent, 100);
});

test("lists of bits and of positions are the same as text and a mask", () => {
  const report = computeQber("0110", "0101", "0011");
  assert.deepEqual(computeQber([0, 1, 1, 0], [0, 1, 0, 1], [3, 2]), report);
  assert.deepEqual(report.positions, [2, 3]);
});

test("over any bits the rate is what counting by hand gives", () => {
  const bit = fc.constantFrom(0, 1);
  const qubits = fc.array(fc.tuple(bit, bit, bit), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(qubits, fc.integer({ min: 1, max: 250 }), (list, limit) => {
      const sifted = list.filter(([, , matches]) => matches === 1).slice(0, limit);
      fc.pre(sifted.length > 0);
      const [alice, bob, mask] = [0, 1, 2].map((column) => list.map((row) => row[column]).join(""));
      const wrong = sifted.filter(([a, b]) => a !== b).length;
      const report = computeQber(alice, bob, mask, limit);
      assert.deepEqual([report.compared, report.mismatches], [sifted.length, wrong]);
      assert.equal(report.qber, wrong / sifted.length);
    }),
  );
});

const BAD: readonly (readonly [what: string, input: readonly unknown[], sentence: RegExp])[] = [
  ["other characters", ["01x0", "0110", "1111"], /^Alice's bits are 0 and 1 alone; at position 2 /],
  ["other numbers", ["0110", [0, 1, 2, 0], "1111"], /^Bob's bits are 0 and 1 alone; at position 2 /],
  ["no bits", ["", "", ""], /^Alice's bits are missing/],
  ["another number of bits", ["0110", "011", "1111"], /^Alice has 4 bits and Bob has 3/],
  ["a mask of another length", ["0110", "0110", "111"], /^The mask of sifted positions has 3 characters for 4 bits/],
  ["a mask of other characters", ["0110", "0110", "1121"], /^The mask's bits are 0 and 1 alone/],
  ["a position outside", ["0110", "0110", [0, 4]], /^A sifted position is a whole number from 0 to 3/],
  ["half a position", ["0110", "0110", [0.5]], /^A sifted position is a whole number/],
  ["a position twice", ["0110", "0110", [1, 1]], /^A sifted position is there twice/],
  ["nothing sifted", ["0110", "0110", "0000"], /^No position is sifted/],
  ["no limit at all", ["0110", "0110", "1111", 0], /^The limit is a whole number of positions, at least 1/],
  ["half a limit", ["0110", "0110", "1111", 1.5], /^The limit is/],
  ["an endless limit", ["0110", "0110", "1111", Infinity], /^The limit is/],
  ["a limit that is null", ["0110", "0110", "1111", null], /^The limit is/],
  ["no text", [7, "0110", "1111"], /^Alice's bits are text of 0 and 1, or a list/],
  ["nothing", [undefined, undefined, undefined], /^Alice's bits are text/],
];

for (const [what, input, sentence] of BAD) {
  test(`${what}: refused with a sentence`, () => {
    assert.throws(() => computeQber(...(input as Parameters<typeof computeQber>)), {
      name: "QsecError",
      code: "bad_option",
      message: sentence,
    });
  });
}
