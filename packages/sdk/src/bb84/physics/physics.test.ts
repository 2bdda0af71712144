import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { checkRow, PHYSICS_TABLE } from "../../testing/physics-table.js";
import { expectation, type Expectation } from "./expectation.js";
import type { TransmissionOptions } from "./models.js";
import { tally } from "./tally.js";
import { transmit } from "./transmission.js";

const SIFTED = 1_000_000;

describe("the physics of a transmission, within 5σ at a million sifted bits", () => {
  for (const row of PHYSICS_TABLE) test(row.title, () => checkRow(row, SIFTED, `physics: ${row.title}`));
});

/** Everything at once, as it never is in the table. */
const MIXED: readonly Omit<TransmissionOptions, "qubits">[] = [
  {
    diagonal: 0.3,
    source: {
      pulses: [
        { mean: 0.9, probability: 0.5 },
        { mean: 0.2, probability: 0.2 },
        { mean: 0, probability: 0.3 },
      ],
    },
    channel: {
      transmittance: 0.6,
      depolarising: 0.05,
      bitFlip: 0.02,
      phaseFlip: 0.04,
      damping: 0.1,
      misalignment: 0.2,
    },
    detector: { efficiency: 0.8, darkCounts: 0.05 },
    eavesdropper: { share: 0.3 },
  },
  {
    channel: { transmittance: 0.5, damping: 0.3, misalignment: -0.4 },
    detector: { efficiency: 0.5, darkCounts: 0.2 },
    eavesdropper: { basis: "breidbart", share: 0.7 },
  },
  { diagonal: 0.8, channel: { depolarising: 1 }, eavesdropper: { basis: "rectilinear", share: 0.4 } },
];

describe("what theory expects", () => {
  MIXED.forEach((setting, i) => {
    test(`is what is counted when everything happens at once (${i + 1})`, () => {
      const counted = tally(transmit({ ...setting, qubits: 2_000_000, seed: `mixed ${i}` }));
      const expected = expectation({ ...setting, qubits: 1 });
      withinFiveSigma(counted.detected, counted.sent, expected.gain, "gain");
      withinFiveSigma(counted.sifted, counted.sent, expected.sifted, "sifted");
      withinFiveSigma(counted.errors, counted.sifted, expected.qber, "QBER");
      counted.byBasis.forEach(({ errors, sifted }, basis) =>
        withinFiveSigma(errors, sifted, expected.qberByBasis[basis], `QBER of basis ${basis}`),
      );
      withinFiveSigma(counted.eavesdropper.known, counted.sifted, expected.eavesdropper.known, "known");
      assert.ok(Math.abs(counted.eavesdropper.information - expected.eavesdropper.information) < 0.005);
      assert.equal(counted.pulses.length, expected.pulses.length);
      counted.pulses.forEach(({ sent, detected, sifted, errors }, pulse) => {
        withinFiveSigma(sent, counted.sent, setting.source!.pulses![pulse].probability, `pulses ${pulse}`);
        withinFiveSigma(detected, sent, expected.pulses[pulse].gain, `gain ${pulse}`);
        withinFiveSigma(errors, sifted, expected.pulses[pulse].qber, `QBER ${pulse}`);
      });
    });
  });

  test("is the closed form of each row of the table", () => {
    const of = (setting: Omit<TransmissionOptions, "qubits">): Expectation => expectation({ ...setting, qubits: 1 });
    const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);
    for (const basis of ["random", "rectilinear", "breidbart"] as const) {
      for (const share of [0, 0.2, 1]) near(of({ eavesdropper: { basis, share } }).qber, share / 4);
    }
    near(of({ eavesdropper: { share: 0.6 } }).eavesdropper.known, 0.3);
    near(of({ eavesdropper: { share: 0.6 } }).eavesdropper.information, 0.3);
    assert.ok(Math.abs(of({ eavesdropper: { basis: "breidbart" } }).eavesdropper.information - 0.3991) < 5e-5);
    near(of({ channel: { depolarising: 0.3 } }).qber, 0.15);
    near(of({ channel: { misalignment: 0.1 } }).qber, Math.sin(0.1) ** 2);
    const damped = of({ channel: { damping: 0.36 } }).qberByBasis;
    near(damped[0], 0.18);
    near(damped[1], 0.1);
    near(of({ diagonal: 0.9 }).sifted, 0.82);
  });
});

describe("the detectors", () => {
  test("click both in p_dark of the signals and p_dark² of the silent pulses, and then give a fair coin", () => {
    const d = 0.3;
    const transmission = transmit({
      qubits: 1_000_000,
      channel: { transmittance: 0.5 },
      detector: { darkCounts: d },
      seed: "double clicks",
    });
    const { sent, detected, doubleClicks, sifted, errors } = tally(transmission);
    withinFiveSigma(doubleClicks, sent, 0.5 * d + 0.5 * d * d, "double clicks");
    withinFiveSigma(detected, sent, 1 - 0.5 * (1 - d) ** 2, "clicks");
    withinFiveSigma(errors, sifted, (0.5 * (d / 2) + 0.5 * (d - (d * d) / 2)) / (1 - 0.5 * (1 - d) ** 2), "QBER");
  });

  test("that are dark and see nothing sift nothing", () => {
    const { detected, sifted, errors } = tally(transmit({ qubits: 1000, channel: { transmittance: 0 } }));
    assert.deepEqual([detected, sifted, errors], [0, 0, 0]);
    assert.deepEqual(
      [expectation({ qubits: 1, channel: { transmittance: 0 } })].map(({ gain, qber }) => [gain, qber]),
      [[0, 0]],
    );
  });
});
