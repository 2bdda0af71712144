import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { finishRun, ledgerOf, startRun } from "../../testing/bb84-run.js";
import { property } from "../../testing/property.js";

const settings = fc.record({
  seed: fc.string(),
  noise: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.2, noNaN: true })),
  eve: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
});
const profiles = fc.constantFrom(
  { profile: "classic" as const },
  { profile: "golay" as const, qubitCount: 1024 },
  { profile: "golay" as const, qubitCount: 4096 },
  { profile: "ldpc" as const, qubitCount: 8192 },
);

describe("a run", () => {
  property(
    "P8: shows noise ε and an eavesdropper on the share r as ε + r/4 − ε·r/2, within 5σ",
    fc.property(settings, ({ seed, noise, eve }) => {
      const run = startRun({ seed, noise, eve });
      finishRun(run);
      const { errors, sampled } = run.bob.estimate!;
      const expected = noise + eve / 4 - (noise * eve) / 2;
      // Five more errors for the tail of so few that they are not normally distributed.
      const tolerance = 5 * Math.sqrt(sampled * expected * (1 - expected)) + (expected === 0 ? 0 : 5);
      assert.ok(Math.abs(errors - sampled * expected) <= tolerance, `${errors} of ${sampled}, ${expected} expected`);
    }),
  );

  property(
    "P8: ends with the same key and ledger on both sides, or with none",
    fc.property(settings, profiles, (setting, profile) => {
      const run = startRun({ ...setting, ...profile });
      const outcome = finishRun(run);
      assert.ok(["keyed", "SIFT", "QBER", "INSUFFICIENT", "RECONCILE"].includes(outcome.code), outcome.code);
      if (outcome.code !== "keyed") return;
      assert.deepEqual(ledgerOf(outcome.bob), outcome.alice);
      assert.ok(outcome.alice.secret >= run.profile.minimumSecret);
      assert.ok(outcome.alice.secret + outcome.alice.leaked <= outcome.alice.reconciled);
      assert.deepEqual(run.alice.estimate, run.bob.estimate);
    }),
  );
});
