import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { drbg } from "../../testing/drbg.js";
import { property } from "../../testing/property.js";
import { bitAt, bytesForBits, distance, flipBit } from "../bits.js";
import { QsecError } from "../../wire/errors.js";
import { CascadeCorrector } from "./corrector.js";
import { PassLayouts } from "./layout.js";
import type { ParityAnswers } from "./messages.js";
import { CascadeResponder } from "./responder.js";
import { CASCADE_VARIANTS, cascadePlan } from "./variants.js";

const runs = fc.integer({ min: 1, max: 200 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    errors: fc.uniqueArray(fc.nat(length - 1), { maxLength: Math.min(length, 40) }),
    qber: fc.double({ min: 0, max: 0.5, noNaN: true }),
    variant: fc.constantFrom(...CASCADE_VARIANTS),
    schedule: fc.constantFrom("all-at-once" as const, "smallest-first" as const),
    seed: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  }),
);
type Run = typeof runs extends fc.Arbitrary<infer T> ? T : never;

function sides({ length, errors, seed, ...setting }: Run) {
  const reference = drbg("property")(bytesForBits(length));
  if (length & 7) reference[reference.length - 1] &= 0xff << (8 - (length & 7));
  const noisy = reference.slice();
  for (const place of errors) flipBit(noisy, place);
  const common = { ...setting, length, seed };
  return {
    reference,
    responder: new CascadeResponder({ ...common, key: reference }),
    corrector: new CascadeCorrector({ ...common, key: noisy }),
  };
}

/** Runs to the end. @returns the parities and messages that were exchanged */
function exchange(
  corrector: CascadeCorrector,
  responder: CascadeResponder,
  tamper: (answers: ParityAnswers, message: number, count: number) => void = () => {},
) {
  let [parities, messages] = [0, 0];
  for (let questions = corrector.start(); ;) {
    const count = questions.blocks.length / 3;
    const answers = responder.answer(questions);
    tamper(answers, messages++, count);
    parities += count;
    const next = corrector.receive(answers);
    if (next === null) return { parities, messages };
    questions = next;
  }
}

describe("Cascade on small keys of any length, rate and errors", () => {
  property(
    "ends with all blocks of all passes even, an error alone corrected, and the exact count of what was told",
    fc.property(runs, (run) => {
      const { reference, responder, corrector } = sides(run);
      const { parities, messages } = exchange(corrector, responder);
      const { key, length, leaked } = corrector.result();
      assert.deepEqual([length, leaked, corrector.rounds], [run.length, parities, messages]);
      assert.deepEqual(responder.result(), { key: reference, length, leaked: parities });
      const left = distance(key, reference);
      assert.equal(left % 2, 0);
      if (run.errors.length < 2) assert.equal(left, 0);
      const plan = cascadePlan(run.variant, length, run.qber);
      const layouts = new PassLayouts(plan, length, run.seed);
      plan.passes.forEach(({ blockSize }, pass) => {
        const layout = layouts.layout(pass);
        const odd = new Map<number, number>();
        for (let block = 0; block * blockSize < length; block++) layout.order(block * blockSize);
        for (let index = 0; index < length; index++) {
          const block = Math.floor(layout.positionOf(index) / blockSize);
          odd.set(block, (odd.get(block) ?? 0) ^ bitAt(key, index) ^ bitAt(reference, index));
        }
        assert.ok([...odd.values()].every((parity) => parity === 0));
      });
    }),
  );

  property(
    "with one answer turned over ends as RECONCILE or with a key, and never with a wrong count",
    fc.property(runs, fc.nat(20), fc.nat(1000), (run, message, place) => {
      const { responder, corrector } = sides(run);
      try {
        exchange(corrector, responder, (answers, at, count) => {
          if (at === message) flipBit(answers.parities, place % count);
        });
        assert.equal(corrector.result().leaked, responder.answered);
      } catch (error) {
        assert.ok(error instanceof QsecError, String(error));
        assert.equal(error.code, "RECONCILE");
        assert.match(error.message, /^Information reconciliation \(Cascade, pass \d+\): /);
      }
    }),
  );
});
