import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { property } from "../../testing/property.js";
import { isPackedBits } from "../bits.js";
import { exchange } from "./exchange.js";
import type { ExchangeOptions } from "./options.js";

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 0.1, noNaN: true }));

const settings: fc.Arbitrary<ExchangeOptions> = fc.record(
  {
    qubits: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2000, max: 20_000 })),
    seed: fc.string(),
    diagonal: fc.oneof(fc.constant(0.5), fc.double({ min: 0, max: 1, noNaN: true })),
    channel: fc.record(
      { transmittance: fc.double({ min: 0.2, max: 1, noNaN: true }), depolarising: share, bitFlip: share },
      { requiredKeys: [] },
    ),
    detector: fc.record({ darkCounts: fc.double({ min: 0, max: 0.01, noNaN: true }) }, { requiredKeys: [] }),
    eavesdropper: fc.record(
      { share, basis: fc.constantFrom("random", "rectilinear", "breidbart") },
      { requiredKeys: [] },
    ),
    estimation: fc.record(
      {
        sample: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        bound: fc.constantFrom("serfling", "hypergeometric"),
      },
      { requiredKeys: [] },
    ),
    minimumSecret: fc.integer({ min: 1, max: 600 }),
    authentication: fc.integer({ min: 0, max: 200 }),
  },
  { requiredKeys: ["qubits", "seed"] },
);

describe("an exchange", () => {
  property(
    "has a key of exactly the bits that its ledger leaves, at least as many as asked, or none",
    fc.property(settings, (options) => {
      const { verdict, key, ledger, stats } = exchange(options);
      let balance = 0;
      for (const line of ledger.lines) assert.equal(line.balance, (balance += line.bits));
      assert.equal(balance, ledger.secret);
      assert.equal(key !== null, verdict === "key");
      if (key === null) assert.equal(ledger.secret, 0);
      else assert.ok(isPackedBits(key, ledger.secret) && ledger.secret >= (options.minimumSecret ?? 256));
      assert.equal(stats.estimate.eavesdropper, verdict === "eavesdropper");
    }),
  );
});
