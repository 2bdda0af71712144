import assert from "node:assert/strict";
import { expectation } from "../bb84/physics/expectation.js";
import type { TransmissionOptions } from "../bb84/physics/models.js";
import { tally, type Tally } from "../bb84/physics/tally.js";
import { transmit } from "../bb84/physics/transmission.js";
import { withinFiveSigma } from "./five-sigma.js";

/** Options without a number of qubits, which follows from the sifted bits that a test wants. */
type Setting = Omit<TransmissionOptions, "qubits" | "seed" | "random">;

/** A row of the table of exact values: a setting, and what must hold of its tally. */
export interface PhysicsRow {
  readonly title: string;
  readonly setting: Setting;
  readonly check: (tally: Tally) => void;
}

/** cos²(π/8): how often a measurement in the Breidbart basis gives the bit. */
const COS2 = Math.cos(Math.PI / 8) ** 2;
/** 1 − h(cos²(π/8)), in bits. */
const BREIDBART_INFORMATION = 0.3991;

const qber =
  (expected: number) =>
  ({ sifted, errors }: Tally) =>
    withinFiveSigma(errors, sifted, expected, "QBER");

/** The QBER of each basis. */
const qbers =
  (rectilinear: number, diagonal: number) =>
  ({ byBasis: [z, x] }: Tally) => {
    withinFiveSigma(z.errors, z.sifted, rectilinear, "QBER of the rectilinear basis");
    withinFiveSigma(x.errors, x.sifted, diagonal, "QBER of the diagonal basis");
  };

const knows =
  (share: number, information: number, perBit = 1) =>
  ({ sifted, eavesdropper }: Tally) => {
    withinFiveSigma(eavesdropper.known, sifted, share, "known");
    // Her information follows from frequencies with a standard deviation of less than perBit / √n.
    const off = Math.abs(eavesdropper.information - information);
    assert.ok(off <= (5 * perBit) / Math.sqrt(sifted), `${eavesdropper.information} bits, not ${information}`);
  };

const both =
  (...checks: ((tally: Tally) => void)[]) =>
  (tally: Tally) =>
    checks.forEach((check) => check(tally));

const sharesTaken = [0, 0.1, 0.5, 1];

export const PHYSICS_TABLE: readonly PhysicsRow[] = [
  { title: "nothing is wrong on a perfect channel", setting: {}, check: qbers(0, 0) },
  ...sharesTaken.map((share) => ({
    title: `intercept-resend in random bases on the share p = ${share} makes p/4 errors and tells p/2 of the bits`,
    setting: { eavesdropper: { share } },
    check: both(qber(share / 4), qbers(share / 4, share / 4), knows(share / 2, share / 2)),
  })),
  {
    title: "intercept-resend in the rectilinear basis makes 25 % errors, all of them in the diagonal one",
    setting: { eavesdropper: { basis: "rectilinear" } },
    check: both(qber(0.25), qbers(0, 0.5), knows(0.5, 0.5)),
  },
  {
    title: "intercept-resend in the Breidbart basis makes 25 % errors and tells 0.3991 bit of each, none for sure",
    setting: { eavesdropper: { basis: "breidbart" } },
    // d(1 − h(a))/da = log₂(a / (1 − a)) = 2.54 at a = cos²(π/8), times √(a·(1 − a)) = 0.354
    check: both(qbers(0.25, 0.25), knows(0, BREIDBART_INFORMATION, 2.54 * Math.sqrt(COS2 * (1 - COS2)) + 0.05)),
  },
  {
    title: "depolarising by p makes p/2 errors in both bases",
    setting: { channel: { depolarising: 0.07 } },
    check: qbers(0.035, 0.035),
  },
  {
    title: "a bit flip makes p errors in the rectilinear basis and none in the diagonal one",
    setting: { channel: { bitFlip: 0.06 } },
    check: qbers(0.06, 0),
  },
  {
    title: "a phase flip makes p errors in the diagonal basis and none in the rectilinear one",
    setting: { channel: { phaseFlip: 0.06 } },
    check: qbers(0, 0.06),
  },
  {
    title: "amplitude damping makes γ/2 and (1 − √(1 − γ))/2 errors",
    setting: { channel: { damping: 0.2 } },
    check: qbers(0.1, (1 - Math.sqrt(0.8)) / 2),
  },
  {
    title: "a misalignment by θ makes sin²θ errors in both bases",
    setting: { channel: { misalignment: -0.3 } },
    check: qbers(Math.sin(0.3) ** 2, Math.sin(0.3) ** 2),
  },
  {
    title: "even bases sift half of the qubits",
    setting: {},
    check: ({ sifted, sent }) => withinFiveSigma(sifted, sent, 0.5, "sifted"),
  },
  {
    title: "biased bases sift p_x² + p_z²",
    setting: { diagonal: 0.1 },
    check: ({ sifted, sent, byBasis }) => {
      withinFiveSigma(sifted, sent, 0.82, "sifted");
      withinFiveSigma(byBasis[1].sifted, sent, 0.01, "sifted in the diagonal basis");
    },
  },
  ...lossRow(0.5, 0.1, 1e-6),
  ...lossRow(0.8, 0.5, 1e-5),
];

/** Weak coherent pulses over a lossy channel (Ma, Qi, Zhao and Lo 2005, Phys. Rev. A 72:012326, equations 10 and 11). */
function lossRow(mean: number, transmittance: number, darkCounts: number): PhysicsRow[] {
  const errorOfSignal = 0.033; // e_d, by misalignment
  const detected = 1 - Math.exp(-transmittance * mean);
  const background = 2 * darkCounts; // Y₀
  const gain = background + detected;
  return [
    {
      title: `pulses of μ = ${mean} over η = ${transmittance} have Q_μ = Y₀ + 1 − e^(−ημ) and E_μ·Q_μ = Y₀/2 + e_d·(1 − e^(−ημ))`,
      setting: {
        source: { pulses: [{ mean, probability: 1 }] },
        channel: { transmittance, misalignment: Math.asin(Math.sqrt(errorOfSignal)) },
        detector: { darkCounts },
      },
      check: ({ sent, detected: clicks, pulses: [pulse], sifted, errors }) => {
        withinFiveSigma(clicks, sent, gain, "gain");
        withinFiveSigma(errors, sifted, (background / 2 + errorOfSignal * detected) / gain, "error rate");
        withinFiveSigma(pulse.detected, pulse.sent, gain, "gain of the pulse");
      },
    },
  ];
}

/** Runs a row with a few more qubits than give `sifted` bits on average, and checks it. */
export function checkRow({ setting, check }: PhysicsRow, sifted: number, seed: string): void {
  const { sifted: share } = expectation({ ...setting, qubits: 1 });
  const counted = tally(transmit({ ...setting, qubits: Math.ceil((1.02 * sifted) / share), seed }));
  assert.ok(counted.sifted >= sifted, `only ${counted.sifted} sifted bits`);
  check(counted);
}
