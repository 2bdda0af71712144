import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "../randomness/sources.js";
import { WordStream } from "../randomness/word-stream.js";
import { rateOfKept } from "./error-bound.js";
import { fewestErrorsKept, logHypergeometricCdf, mostErrorsKept } from "./hypergeometric.js";

/** n choose k, exactly. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/** Pr[X ≤ x], summed as fractions of whole numbers. */
function exactCdf(x: number, total: number, marked: number, drawn: number): number {
  let ways = 0n;
  for (let i = 0; i <= x; i++) ways += choose(marked, i) * choose(total - marked, drawn - i);
  // 200 bits behind the point, so that small tails keep their digits.
  return Number((ways << 200n) / choose(total, drawn)) / 2 ** 200;
}

const cases = fc.integer({ min: 1, max: 300 }).chain((total) =>
  fc.record({
    total: fc.constant(total),
    marked: fc.integer({ min: 0, max: total }),
    drawn: fc.integer({ min: 0, max: total }),
    x: fc.integer({ min: 0, max: total }),
  }),
);

describe("the tail of sampling without replacement", () => {
  test("is that of the exact sum of binomial coefficients", () => {
    fc.assert(
      fc.property(cases, ({ total, marked, drawn, x }) => {
        const [actual, expected] = [logHypergeometricCdf(x, total, marked, drawn), exactCdf(x, total, marked, drawn)];
        if (expected < 1e-50) assert.ok(actual < Math.log(1e-49));
        else assert.ok(Math.abs(actual - Math.log(expected)) < 1e-9, `${actual} and ${Math.log(expected)}`);
      }),
    );
  });

  test("leaves possible what is above the failure probability and nothing more", () => {
    const sizes = fc.record({
      kept: fc.integer({ min: 1, max: 200 }),
      sampled: fc.integer({ min: 1, max: 100 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(sizes, ({ kept, sampled, part }) => {
        const errors = Math.round(part * sampled);
        const failure = 1e-6;
        const most = mostErrorsKept(kept, sampled, errors, Math.log(failure));
        const tail = (inKept: number) => exactCdf(errors, kept + sampled, errors + inKept, sampled);
        if (most > 0) assert.ok(tail(most) > failure * (1 - 1e-6));
        if (most < kept) assert.ok(tail(most + 1) <= failure * (1 + 1e-6));
        const fewest = fewestErrorsKept(kept, sampled, errors, Math.log(failure));
        assert.equal(fewest, kept - mostErrorsKept(kept, sampled, sampled - errors, Math.log(failure)));
        assert.ok(fewest <= most);
      }),
    );
  });
});

describe("the bounds on the error rate of the kept bits", () => {
  const secrecy = 0.08; // so that a bound fails with (0.02)² = 4e-4, often enough to be counted

  for (const mode of ["serfling", "hypergeometric"] as const) {
    test(`hold as often as they say (${mode})`, () => {
      const [kept, sampled, marked, trials] = [150, 50, 30, 20_000];
      const stream = new WordStream(seededRandom(`bounds ${mode}`));
      let failures = 0;
      for (let trial = 0; trial < trials; trial++) {
        let errors = 0;
        for (let i = 0; i < sampled; i++) if (stream.fraction() * (kept + sampled - i) < marked - errors) errors++;
        const { low, high } = rateOfKept(mode, kept, sampled, errors, secrecy);
        const rate = (marked - errors) / kept;
        if (rate < low || rate > high) failures++;
      }
      const allowed = 2 * trials * (secrecy / 4) ** 2;
      assert.ok(failures <= allowed + 5 * Math.sqrt(allowed), `${failures} failures`);
    });
  }

  test("by the exact tail lie within Serfling's", () => {
    for (const errors of [0, 3, 40, 300]) {
      const wide = rateOfKept("serfling", 5000, 1000, errors, 1e-10);
      const narrow = rateOfKept("hypergeometric", 5000, 1000, errors, 1e-10);
      assert.ok(wide.low <= narrow.low && narrow.low <= errors / 1000);
      assert.ok(errors / 1000 <= narrow.high && narrow.high <= wide.high);
    }
  });

  test("say nothing without a sample", () => {
    for (const mode of ["serfling", "hypergeometric"] as const) {
      const { low, high } = rateOfKept(mode, 100, 0, 0, 1e-10);
      assert.deepEqual([low, high], [0, 1]);
    }
  });
});
