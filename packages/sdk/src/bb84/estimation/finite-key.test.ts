import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../../testing/throws.js";
import { QsecError } from "../../wire/errors.js";
import { binaryEntropy } from "../secret-length.js";
import { rateOfKept, serflingDeviation } from "./error-bound.js";
import { finiteKeyLength, type SecretLengthInput } from "./finite-key.js";

/** n, k, Q, f, and what the formula gives at ε_sec = 1e-10 and ε_cor = 1e-15: μ, and ℓ before it is rounded down. */
const VECTORS = [
  [2000, 1000, 0, 1.1, 0.191454528, 473.7239],
  [2002, 1001, 0.01, 1.1, 0.191358777, 256.0859],
  [3182, 1842, 0.03, 1.1, 0.144694073, 257.6929],
  [10_000, 3000, 0.03, 1.16, 0.102869444, 1975.2324],
  [16_384, 8192, 0.05, 1.1, 0.066862119, 2581.0134],
  [100_000, 30_000, 0.08, 1.1, 0.032525296, 4894.3879],
] as const;

describe("the finite-key length", () => {
  for (const [kept, sampled, qber, efficiency, deviation, length] of VECTORS) {
    test(`of ${kept} bits and a sample of ${sampled} with ${qber * 100} % errors is ${length} bits by Serfling's inequality`, () => {
      assert.ok(Math.abs(serflingDeviation(kept, sampled, 1e-10) - deviation) < 1e-9);
      const leaked = efficiency * kept * binaryEntropy(qber);
      const actual = finiteKeyLength({ kept, sampled, errors: qber * sampled, leaked, mode: "serfling" });
      assert.ok(Math.abs(actual - length) < 1e-3, `${actual}`);
    });
  }

  const input: SecretLengthInput = { kept: 10_000, sampled: 3000, errors: 90, leaked: 2500 };

  test("is longer by the exact tail, which is the default, than by Serfling's inequality", () => {
    const [serfling, exact] = (["serfling", "hypergeometric"] as const).map((mode) =>
      finiteKeyLength({ ...input, mode }),
    );
    assert.ok(exact > serfling + 500, `${exact} and ${serfling}`);
    assert.equal(finiteKeyLength(input), exact);
  });

  test("is the line between two whole numbers of errors by the exact tail", () => {
    const [few, middle, many] = [90, 90.5, 91].map((errors) => rateOf(finiteKeyLength({ ...input, errors })));
    assert.ok(Math.abs(middle - (few + many) / 2) < 1e-9);
  });

  /** The upper bound that a length was made of. */
  function rateOf(length: number): number {
    const entropy = 1 - (length + 2500 + Math.log2(2 / (1e-20 * 1e-15))) / 10_000;
    let [low, high] = [0, 0.5];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (binaryEntropy(middle) < entropy) low = middle;
      else high = middle;
    }
    return low;
  }

  test("takes from the key what is leaked, bit by bit, and what smaller epsilons cost", () => {
    const base = finiteKeyLength(input);
    assert.equal(finiteKeyLength({ ...input, leaked: 2600 }), base - 100);
    const careful = finiteKeyLength({ ...input, security: { correctness: 1e-18 } });
    assert.ok(Math.abs(base - careful - Math.log2(1000)) < 1e-9);
    assert.ok(finiteKeyLength({ ...input, security: { secrecy: 1e-12 } }) < base - 13);
  });

  test("lets no error go with the bits that were dropped", () => {
    const { high } = rateOfKept("hypergeometric", 10_000, 3000, 90, 1e-10);
    const expected = 8000 * (1 - binaryEntropy((high * 10_000) / 8000)) - 2500 - Math.log2(2 / (1e-20 * 1e-15));
    assert.ok(Math.abs(finiteKeyLength({ ...input, dropped: 2000 }) - expected) < 1e-9);
    assert.ok(finiteKeyLength({ ...input, dropped: 10_000 }) < 0);
  });

  test("is negative without a sample, without a key and where half of the bits are wrong", () => {
    for (const mode of ["serfling", "hypergeometric"] as const) {
      for (const none of [{ sampled: 0, errors: 0 }, { kept: 0 }, { errors: 1500 }, { errors: 3000 }])
        assert.ok(finiteKeyLength({ ...input, ...none, leaked: 0, mode }) < 0);
    }
  });

  test("refuses numbers out of range, naming them and the range", () => {
    for (const [name, values] of Object.entries({
      kept: [-1, 1.5, Number.NaN, "1"],
      sampled: [-1, 0.5, Infinity],
      errors: [-1, 3001, Number.NaN],
      leaked: [-1, Number.NaN],
      dropped: [-1, 10_001, 0.5],
    })) {
      for (const value of values) {
        assert.throws(
          () => finiteKeyLength({ ...input, [name]: value }),
          (error) =>
            error instanceof QsecError && error.code === "bad_option" && error.message.startsWith(`'${name}' must`),
        );
      }
    }
    for (const security of [{ secrecy: 0 }, { secrecy: 0.2 }, { correctness: 1e-31 }, { epsilon: 1 }, null])
      throwsCode("bad_option", () => finiteKeyLength({ ...input, security: security as never }));
    throwsCode("bad_option", () => finiteKeyLength({ ...input, mode: "chernoff" as never }));
    throwsCode("bad_option", () => finiteKeyLength({ ...input, qber: 0 } as never));
  });
});
