import { describe, test } from "node:test";
import { checkRow, PHYSICS_TABLE } from "../../testing/physics-table.js";

const RUNS = 5;
const SIFTED = 1_000_000;

describe("the physics of a transmission, with seeds that nobody has chosen", () => {
  for (const row of PHYSICS_TABLE) {
    test(row.title, () => {
      for (let run = 0; run < RUNS; run++) {
        const seed = crypto.randomUUID();
        try {
          checkRow(row, SIFTED, seed);
        } catch (error) {
          throw new Error(`With the seed "${seed}"`, { cause: error });
        }
      }
    });
  }
});
