import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { drbg, pooledDrbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { distance, weight } from "../bits.js";
import { simulatedChannel } from "./channel.js";
import { measure } from "./measurement.js";
import { splitSymbols } from "./qubits.js";
import type { RandomBytes } from "../random.js";
import { matchBases } from "./sifting.js";

const QUBITS = 1 << 20;
const noDraw: RandomBytes = (length) => assert.fail(`${length} bytes were drawn`);

/** Asserts that a relative frequency is within five standard deviations of its probability; exactly at 0 and 1. */
function withinFiveSigma(hits: number, trials: number, probability: number): void {
  const sigma = Math.sqrt((probability * (1 - probability)) / trials);
  const off = Math.abs(hits / trials - probability);
  assert.ok(off <= 5 * sigma, `${hits} of ${trials} is ${(off / sigma).toFixed(1)}σ from ${probability}`);
}

/** Sends random qubits and measures each in its own basis, so that every outcome is a sifted bit. */
function errorsInOwnBasis(noise: number, eve: number, seed: string): { errors: number; onBasis: [number, number] } {
  const random = pooledDrbg(seed);
  const symbols = random(QUBITS / 4);
  const { bases, bits } = splitSymbols(symbols);
  const channel = simulatedChannel({ noise, eve });
  const outcomes = measure(channel.transmit(symbols, random), bases, channel.noise, random);
  const wrong = outcomes.map((byte, i) => byte ^ bits[i]);
  const diagonal = weight(wrong.map((byte, i) => byte & bases[i]));
  return { errors: weight(wrong), onBasis: [weight(wrong) - diagonal, diagonal] };
}

describe("the simulated channel", () => {
  test("refuses numbers out of range and unknown options", () => {
    for (const noise of [-0.01, 0.51, Number.NaN, Infinity, "0.1" as never])
      throwsCode("bad_option", () => simulatedChannel({ noise }));
    for (const eve of [-0.01, 1.01, Number.NaN, true as never])
      throwsCode("bad_option", () => simulatedChannel({ eve }));
    throwsCode("bad_option", () => simulatedChannel({ nosie: 0.1 } as never));
    assert.deepEqual([simulatedChannel().noise, simulatedChannel({ eve: 1, noise: 0.5 }).eve], [0, 1]);
  });

  test("without eavesdropper delivers what was sent in an array of its own, without a draw", () => {
    const symbols = drbg("quiet")(32);
    const arrived = simulatedChannel({ noise: 0.3 }).transmit(symbols, noDraw);
    assert.deepEqual(arrived, symbols);
    arrived.fill(0);
    assert.notDeepEqual(symbols, arrived);
  });

  test("an eavesdropper leaves the sender's array as it is", () => {
    const symbols = drbg("kept")(1024);
    const before = symbols.slice();
    const arrived = simulatedChannel({ eve: 1 }).transmit(symbols, drbg("eve"));
    assert.deepEqual(symbols, before);
    assert.notDeepEqual(arrived, before);
  });
});

describe("a measurement", () => {
  test("in the basis of the preparation gives the bit and draws nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 2 }), (symbols) => {
        const { bases, bits } = splitSymbols(symbols);
        assert.deepEqual(measure(symbols, bases, 0, noDraw), bits);
      }),
    );
  });

  test("in the other basis takes the low bit of one byte each, in index order", () => {
    const draws = [0xff, 0x02, 0x01, 0xfe];
    const random: RandomBytes = (length) => {
      assert.equal(length, 1);
      return Uint8Array.of(draws.shift()!);
    };
    const symbols = Uint8Array.of(0b01_01_01_01, 0b11_11_11_11); // four |1⟩, four |−⟩
    const outcomes = measure(symbols, Uint8Array.of(0b1100_0011), 0, random);
    assert.deepEqual(outcomes, Uint8Array.of(0b1011_1011)); // a coin 1, a coin 0, two bits 1; and so again
    assert.equal(draws.length, 0);
  });

  test("in the other basis is a fair coin that knows nothing of the bit", () => {
    const random = pooledDrbg("other basis");
    const symbols = random(QUBITS / 4);
    const { bases, bits } = splitSymbols(symbols);
    const outcomes = measure(
      symbols,
      bases.map((byte) => ~byte),
      0,
      random,
    );
    withinFiveSigma(weight(outcomes), QUBITS, 0.5);
    withinFiveSigma(distance(outcomes, bits), QUBITS, 0.5);
  });

  test("in random bases sifts half of the qubits", () => {
    const random = drbg("sifting factor");
    withinFiveSigma(weight(matchBases(random(QUBITS / 8), random(QUBITS / 8))), QUBITS, 0.5);
  });
});

describe("P8: the error rate of the sifted bits", () => {
  for (const noise of [0, 0.001, 0.01, 0.05, 0.11, 0.5]) {
    test(`is ε = ${noise} at noise ε, in both bases alike`, () => {
      const { errors, onBasis } = errorsInOwnBasis(noise, 0, `noise ${noise}`);
      withinFiveSigma(errors, QUBITS, noise);
      for (const inBasis of onBasis) withinFiveSigma(inBasis, QUBITS, noise / 2);
    });
  }

  for (const eve of [0.1, 0.25, 0.5, 1]) {
    test(`is r/4 when an eavesdropper takes the share r = ${eve}, in both bases alike`, () => {
      const { errors, onBasis } = errorsInOwnBasis(0, eve, `eve ${eve}`);
      withinFiveSigma(errors, QUBITS, eve / 4);
      for (const inBasis of onBasis) withinFiveSigma(inBasis, QUBITS, eve / 8);
    });
  }

  test("is ε + r/4 − ε·r/2 with both", () => {
    const { errors } = errorsInOwnBasis(0.04, 0.6, "noise and eve");
    withinFiveSigma(errors, QUBITS, 0.04 + 0.15 - 0.012);
  });
});
