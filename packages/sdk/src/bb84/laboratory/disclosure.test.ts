import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { throwsCode } from "../../testing/throws.js";
import { distance, isPackedBits, weight } from "../bits.js";
import { tally } from "../physics/tally.js";
import { transmit } from "../physics/transmission.js";
import { seededRandom } from "../randomness/sources.js";
import { disclose } from "./disclosure.js";
import { estimateErrors } from "./estimate.js";

const random = () => seededRandom("disclosure");

describe("what is disclosed", () => {
  test("is a share of all sifted bits where both bases are as likely", () => {
    const transmission = transmit({ qubits: 100_000, channel: { depolarising: 0.1 }, seed: "even" });
    const { sifted, errors } = tally(transmission);
    const disclosure = disclose(transmission, 0.3, random());
    assert.equal(disclosure.sifted, sifted);
    assert.equal(disclosure.disclosed, Math.round(0.3 * sifted));
    assert.equal(disclosure.raw.length, sifted - disclosure.disclosed);
    assert.equal(disclosure.phases, disclosure.bits);
    const { alice, bob, length } = disclosure.raw;
    assert.ok(isPackedBits(alice, length) && isPackedBits(bob, length));
    assert.equal(distance(alice, bob) + disclosure.bits.errors, errors);
    withinFiveSigma(weight(alice), length, 0.5, "ones in the raw key");
  });

  for (const diagonal of [0.1, 0.9]) {
    test(`is all of the rarer basis, and a share of the other one, at p_x = ${diagonal}`, () => {
      const transmission = transmit({ qubits: 100_000, diagonal, channel: { bitFlip: 0.05 }, seed: "biased" });
      const { byBasis } = tally(transmission);
      const [forKey, other] = diagonal > 0.5 ? [byBasis[1], byBasis[0]] : byBasis;
      const { raw, bits, phases, disclosed } = disclose(transmission, 0.25, random());
      assert.deepEqual(phases, { sampled: other.sifted, errors: other.errors });
      assert.equal(bits.sampled, Math.round(0.25 * forKey.sifted));
      assert.equal(raw.length, forKey.sifted - bits.sampled);
      assert.equal(disclosed, bits.sampled + phases.sampled);
      assert.equal(distance(raw.alice, raw.bob) + bits.errors, forKey.errors);
    });
  }

  test("is nothing at a share of 0, and leaves nothing at a share of 1", () => {
    const transmission = transmit({ qubits: 1000, seed: "shares" });
    assert.equal(disclose(transmission, 0, random()).disclosed, 0);
    assert.equal(disclose(transmission, 1, random()).raw.length, 0);
  });

  test("is refused with a share out of range, or randomness that ends early", () => {
    const transmission = transmit({ qubits: 100, seed: "refused" });
    for (const share of [-0.1, 1.1, Number.NaN])
      throwsCode("bad_option", () => disclose(transmission, share, random()));
    throwsCode("bad_option", () => disclose(transmission, 0.5, () => new Uint8Array(3)));
  });
});

describe("an estimate", () => {
  const raw = { length: 1000, alice: new Uint8Array(0), bob: new Uint8Array(0) };
  const estimate = (bits: [number, number], phases: [number, number]) => {
    const [b, p] = [bits, phases].map(([sampled, errors]) => ({ sampled, errors }));
    return estimateErrors({ raw, sifted: 0, disclosed: 0, bits: b, phases: p });
  };

  test("has its rate from the bits, and the bounds from the phases", () => {
    const { qber, low, high, failure } = estimate([200, 10], [20_000, 200]);
    assert.equal(qber, 0.05);
    assert.ok(low <= 0.01 && high > 0.01 && high < 0.06, `${low} … ${high}`);
    assert.equal(failure, (1e-10 / 4) ** 2);
  });

  test("shows an eavesdropper from 11 % on, in either sample, decided on whole numbers", () => {
    for (const [bits, phases, shows] of [
      [[100, 10], [100, 10], false],
      [[100, 11], [100, 0], true],
      [[100, 0], [100, 11], true],
      [[18, 2], [100, 0], true],
      [[19, 2], [100, 0], false],
      [[0, 0], [0, 0], false],
    ] as const) {
      assert.equal(estimate([...bits], [...phases]).eavesdropper, shows);
    }
  });

  test("is refused with options that are none", () => {
    for (const options of [{ bound: "exact" }, { security: { secrecy: 2 } }, { share: 1 }])
      throwsCode("bad_option", () =>
        estimateErrors({ raw, sifted: 0, disclosed: 0, bits: raw as never, phases: raw as never }, options as never),
      );
  });
});
