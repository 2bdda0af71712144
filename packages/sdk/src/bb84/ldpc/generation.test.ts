import assert from "node:assert/strict";
import { test } from "node:test";
import { CODE_DESIGNS } from "../../../../../scripts/ldpc/degrees.js";
import { makeMatrix } from "../../../../../scripts/ldpc/matrices.js";
import { BASE_MATRICES } from "./base-matrices.js";

test("the script makes the base matrices that are checked in (the quickest three; `npm run ldpc-codes -- --check` does all)", () => {
  for (const index of [5, 6, 7]) assert.deepEqual(makeMatrix(CODE_DESIGNS[index]), BASE_MATRICES[index]);
  assert.equal(CODE_DESIGNS.length, BASE_MATRICES.length);
});
