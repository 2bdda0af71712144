import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bitAt } from "../bits.js";
import { setSymbol, splitSymbols, symbolAt } from "./qubits.js";

test("four symbols of basis and bit stand in a byte, the first one in the highest bits", () => {
  const symbols = Uint8Array.of(0b11_10_01_00);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => symbolAt(symbols, i)),
    [3, 2, 1, 0],
  );
  setSymbol(symbols, 1, 1);
  assert.deepEqual(symbols, Uint8Array.of(0b11_01_01_00));
});

test("splitting keeps the basis and the bit of every symbol", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 2, maxLength: 2 }), { maxLength: 20 }), (pairs) => {
      const symbols = Uint8Array.from(pairs.flatMap((bytes) => [...bytes]));
      const { bases, bits } = splitSymbols(symbols);
      for (let i = 0; i < symbols.length * 4; i++)
        assert.equal(symbolAt(symbols, i), (bitAt(bases, i) << 1) | bitAt(bits, i));
    }),
  );
});
