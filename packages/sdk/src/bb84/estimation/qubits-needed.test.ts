import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../../testing/throws.js";
import { binaryEntropy } from "../secret-length.js";
import { finiteKeyLength } from "./finite-key.js";
import { qubitsNeeded } from "./qubits-needed.js";

/** Qubits for 256 secret bits at f = 1.1, by Serfling's inequality and by the exact tail, when the sample is chosen well. */
const NEEDED = [
  [0, 4610, 2574],
  [0.01, 6006, 3302],
  [0.03, 10_048, 5406],
  [0.05, 18_940, 9722],
  [0.08, 97_416, 43_502],
] as const;

describe("the qubits for 256 secret bits", () => {
  for (const [qber, serfling, exact] of NEEDED) {
    test(`at ${qber * 100} % errors are about ${serfling} by Serfling's inequality and ${exact} by the exact tail`, () => {
      for (const [mode, expected] of [
        ["serfling", serfling],
        ["hypergeometric", exact],
      ] as const) {
        const plan = qubitsNeeded({ secret: 256, qber, mode });
        assert.ok(Math.abs(plan.qubits / expected - 1) < 0.01, `${plan.qubits}`);
        assert.equal(plan.qubits, 2 * (plan.sampled + plan.kept));
      }
    });
  }

  test("are as many as the length of their key asks for", () => {
    const { sampled, kept } = qubitsNeeded({ secret: 1000, qber: 0.02, efficiency: 1.2 });
    const leaked = 1.2 * kept * binaryEntropy(0.02);
    assert.ok(finiteKeyLength({ kept, sampled, errors: 0.02 * sampled, leaked }) >= 1000);
    assert.ok(finiteKeyLength({ kept: kept - 50, sampled, errors: 0.02 * sampled, leaked }) < 1000);
  });

  test("do not exist where reconciliation leaks all that an eavesdropper does not know", () => {
    throwsCode("bad_option", () => qubitsNeeded({ secret: 256, qber: 0.11 }));
    throwsCode("bad_option", () => qubitsNeeded({ secret: 256, qber: 0.1, efficiency: 1.5 }));
  });

  test("are refused for numbers out of range", () => {
    for (const wrong of [{ secret: 0 }, { secret: 1.5 }, { secret: 2e6 }, { qber: -0.01 }, { qber: 0.12 }])
      throwsCode("bad_option", () => qubitsNeeded({ secret: 256, qber: 0.01, ...wrong }));
    for (const wrong of [{ efficiency: 0.9 }, { efficiency: 3 }, { mode: "exact" }, { length: 5 }])
      throwsCode("bad_option", () => qubitsNeeded({ secret: 256, qber: 0.01, ...wrong } as never));
  });
});
