import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { property } from "../testing/property.js";
import { NumberSet } from "./number-set.js";

describe("a set of numbers", () => {
  property(
    "has what was added and says what was new, in whatever order",
    fc.property(fc.array(fc.nat(60), { maxLength: 80 }), (numbers) => {
      const [set, model] = [new NumberSet(), new Set<number>()];
      for (const n of numbers) {
        assert.equal(set.add(n), !model.has(n));
        model.add(n);
      }
      assert.equal(set.size, model.size);
      assert.equal(set.highest, numbers.length === 0 ? null : Math.max(...numbers));
      for (let n = 0; n <= 61; n++) assert.equal(set.has(n), model.has(n));
    }),
  );
});
