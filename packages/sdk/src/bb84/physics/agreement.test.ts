import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TransmissionOptions } from "./models.js";
import { traceQubits, type QubitTrace } from "./trace.js";
import { transmit, type Transmission } from "./transmission.js";
import { laneAt } from "./words.js";

/** Probabilities, the exact ones 0, ½ and 1 among them, and some that have few bits. */
const share = fc.oneof(fc.constantFrom(0, 0.5, 1, 0.25, 0.75, 1e-9), fc.double({ min: 0, max: 1, noNaN: true }));

const pulses = fc
  .uniqueArray(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 4 })
  .chain((means) =>
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: means.length, maxLength: means.length }).map((weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return means.map((mean, i) => ({ mean, probability: total === 0 ? Number(i === 0) : weights[i] / total }));
    }),
  );

const setting: fc.Arbitrary<TransmissionOptions> = fc.record(
  {
    qubits: fc.integer({ min: 1, max: 200 }),
    seed: fc.string(),
    diagonal: share,
    source: fc.record({ pulses }, { requiredKeys: [] }),
    channel: fc.record(
      {
        transmittance: share,
        depolarising: share,
        bitFlip: share,
        phaseFlip: share,
        damping: share,
        misalignment: fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true }),
      },
      { requiredKeys: [] },
    ),
    detector: fc.record({ efficiency: share, darkCounts: share }, { requiredKeys: [] }),
    eavesdropper: fc.record(
      { basis: fc.constantFrom("random", "rectilinear", "breidbart"), share },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["qubits", "seed"] },
);

/** What the bulk simulation says of one qubit, in the words of the exact one. */
function outcomeAt({ sent, measured, eavesdropper, settings }: Transmission, i: number) {
  const detected = laneAt(measured.detected, i);
  const eve = eavesdropper !== null && laneAt(eavesdropper.intercepted, i) === 1 ? eavesdropper : null;
  const breidbart = settings.eavesdropper?.basis === "breidbart";
  return {
    prepared: [laneAt(sent.bases, i), laneAt(sent.bits, i)],
    pulse: sent.pulses === null ? null : 2 * laneAt(sent.pulses[0], i) + laneAt(sent.pulses[1], i),
    intercepted: eve && [breidbart ? 2 : laneAt(eve.bases, i), laneAt(eve.bits, i)],
    measured: [laneAt(measured.bases, i), detected ? laneAt(measured.bits, i) : null],
    double: laneAt(measured.doubleClicks, i) === 1,
  };
}

function outcomeOf({ prepared, pulse, intercepted, measured }: QubitTrace) {
  return {
    prepared: [prepared.basis, prepared.bit],
    pulse,
    intercepted: intercepted && [intercepted.basis, intercepted.bit],
    measured: [measured.basis, measured.bit],
    double: measured.clicks.zero && measured.clicks.one,
  };
}

describe("the bulk and the exact simulation", () => {
  test("have identical outcomes on the same seed, whatever the parameters", () => {
    fc.assert(
      fc.property(setting, (options) => {
        const bulk = transmit(options);
        traceQubits(options).forEach((trace, i) =>
          assert.deepEqual(outcomeOf(trace), outcomeAt(bulk, i), `qubit ${i}`),
        );
      }),
      { numRuns: 400 },
    );
  });

  test("begin a longer run with the qubits of a shorter one", () => {
    fc.assert(
      fc.property(setting, fc.integer({ min: 1, max: 6 }), (options, words) => {
        const long = transmit({ ...options, qubits: 200 });
        traceQubits({ ...options, qubits: 32 * words }).forEach((trace, i) =>
          assert.deepEqual(outcomeOf(trace), outcomeAt(long, i)),
        );
      }),
    );
  });

  test("leave the unused lanes of the last word zero", () => {
    fc.assert(
      fc.property(setting, (options) => {
        const { sent, measured, eavesdropper } = transmit(options);
        const planes = [...Object.values(measured), sent.bases, sent.bits, ...(sent.pulses ?? [])];
        for (const plane of [...planes, ...Object.values(eavesdropper ?? {})]) {
          for (let i = options.qubits; i < plane.length * 32; i++) assert.equal(laneAt(plane, i), 0);
        }
      }),
    );
  });

  test("do not agree on different seeds", () => {
    const [one, other] = ["one", "other"].map((seed) => transmit({ qubits: 256, seed }));
    assert.notDeepEqual(one.sent.bits, other.sent.bits);
    assert.notDeepEqual(transmit({ qubits: 256 }).sent.bits, transmit({ qubits: 256 }).sent.bits);
  });
});

describe("the trace of a qubit", () => {
  const traces = traceQubits({
    qubits: 2000,
    channel: { depolarising: 0.5 },
    eavesdropper: { basis: "breidbart", share: 0.5 },
    seed: "picture",
  });

  test("shows what was sent on by the eavesdropper, and shorter vectors after a depolarising channel", () => {
    const length = ({ x, y, z }: { x: number; y: number; z: number }) => Math.hypot(x, y, z);
    for (const { prepared, intercepted, arriving } of traces) {
      assert.ok(Math.abs(length(prepared.state) - 1) < 1e-12 && Math.abs(length(arriving) - 0.5) < 1e-12);
      const from = intercepted?.state ?? prepared.state;
      assert.ok(Math.abs(arriving.x - from.x / 2) < 1e-12 && Math.abs(arriving.z - from.z / 2) < 1e-12);
      if (intercepted !== null) assert.ok(Math.abs(Math.abs(from.x) - Math.SQRT1_2) < 1e-12);
    }
    assert.ok(traces.some(({ intercepted }) => intercepted === null));
  });

  test("gives a bit exactly where a detector clicked", () => {
    const dim = traceQubits({
      qubits: 500,
      channel: { transmittance: 0.3 },
      detector: { darkCounts: 0.1 },
      seed: "dim",
    });
    for (const { measured } of dim) {
      assert.equal(measured.bit === null, !measured.clicks.zero && !measured.clicks.one);
      if (measured.signal) assert.ok(measured.clicks.zero || measured.clicks.one);
    }
  });
});
