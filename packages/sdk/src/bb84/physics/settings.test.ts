import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../../testing/throws.js";
import { QsecError } from "../../wire/errors.js";
import { expectation } from "./expectation.js";
import type { TransmissionOptions } from "./models.js";
import { traceQubits } from "./trace.js";
import { transmit } from "./transmission.js";

const SHARES = [
  "diagonal",
  "channel.transmittance",
  "channel.depolarising",
  "channel.bitFlip",
  "channel.phaseFlip",
  "channel.damping",
  "detector.efficiency",
  "detector.darkCounts",
  "eavesdropper.share",
];

const withOption = (path: string, value: unknown): TransmissionOptions => {
  const [group, name] = path.split(".");
  return { qubits: 64, [group]: name === undefined ? value : { [name]: value } };
};
const NOT_A_SHARE = [-1e-9, 1.000001, Number.NaN, Infinity, "0.5", true, {}];

describe("the options of a transmission", () => {
  for (const path of SHARES) {
    test(`refuse a '${path}' outside of 0 … 1, naming it and its range`, () => {
      for (const value of NOT_A_SHARE) {
        for (const run of [transmit, traceQubits, expectation]) {
          assert.throws(
            () => run(withOption(path, value)),
            (error) =>
              error instanceof QsecError &&
              error.code === "bad_option" &&
              error.message === `'${path}' must be a number from 0 to 1.`,
          );
        }
      }
      for (const value of [0, 1]) transmit(withOption(path, value));
    });
  }

  test("refuse a number of qubits that is none", () => {
    for (const qubits of [0, -1, 1.5, 2 ** 27 + 1, Number.NaN, Infinity, "64", undefined])
      throwsCode("bad_option", () => transmit({ qubits: qubits as number }));
    assert.equal(transmit({ qubits: 1 }).measured.bits.length, 1);
  });

  test("refuse a misalignment of more than a right angle", () => {
    for (const value of [-1.6, 1.6, Number.NaN])
      throwsCode("bad_option", () => transmit(withOption("channel.misalignment", value)));
  });

  test("refuse unknown options and groups that are no objects", () => {
    for (const path of ["noise", "channel.noise", "detector.dark", "eavesdropper.fraction", "source.mean"])
      throwsCode("bad_option", () => transmit(withOption(path, 0.1)));
    for (const group of ["source", "channel", "detector", "eavesdropper"]) {
      for (const value of [null, 1, "none", [], true])
        throwsCode("bad_option", () => transmit(withOption(group, value)));
    }
    for (const options of [null, undefined, 5, []]) throwsCode("bad_option", () => transmit(options as never));
  });

  test("refuse intensities that are none, too many, or do not add up", () => {
    const pulse = { mean: 0.5, probability: 1 };
    const refused = [
      [],
      "0.5",
      [{ mean: 0.5 }],
      [{ ...pulse, mean: -1 }],
      [{ ...pulse, mean: 101 }],
      [{ ...pulse, probability: 0.5 }],
      [{ ...pulse, probability: 1.5 }],
      [{ ...pulse, phase: 1 }],
      [pulse, pulse],
      Array<unknown>(5).fill({ mean: 0.5, probability: 0.2 }),
      [null],
    ];
    for (const pulses of refused) throwsCode("bad_option", () => transmit(withOption("source.pulses", pulses)));
    transmit(withOption("source.pulses", [{ mean: 0, probability: 0 }, pulse]));
  });

  test("refuse an eavesdropper in a basis that is none", () => {
    for (const basis of ["diagonal", "", null, 0])
      throwsCode("bad_option", () => transmit(withOption("eavesdropper.basis", basis)));
  });

  test("refuse a seed that is no text, and one beside a source of randomness", () => {
    for (const seed of [1, null, {}]) throwsCode("bad_option", () => transmit({ qubits: 1, seed: seed as never }));
    throwsCode("bad_option", () => transmit({ qubits: 1, seed: "s", random: (length) => new Uint8Array(length) }));
    throwsCode("bad_option", () => transmit({ qubits: 1, random: "CSPRNG" as never }));
  });

  test("refuse a source of randomness that ends early", () => {
    for (const random of [() => new Uint8Array(10), () => undefined, (length: number) => new Uint8Array(length + 1)]) {
      assert.throws(
        () => transmit({ qubits: 1, random: random as never }),
        (error) =>
          error instanceof QsecError && error.code === "bad_option" && /65536 bytes were asked for/.test(error.message),
      );
    }
  });
});
