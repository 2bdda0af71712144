import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { noisyPair } from "../../testing/cascade-runs.js";
import { pooledDrbg } from "../../testing/drbg.js";
import { distance } from "../bits.js";
import { CascadeCorrector, type CascadeSchedule } from "./corrector.js";
import type { CascadeBlock, CascadeCorrection } from "./observer.js";
import { reconcileCascade } from "./reconcile.js";
import { CascadeResponder } from "./responder.js";
import { CASCADE_VARIANTS } from "./variants.js";

const SCHEDULES: readonly CascadeSchedule[] = ["all-at-once", "smallest-first"];

describe("Cascade", () => {
  for (const variant of CASCADE_VARIANTS) {
    for (const schedule of SCHEDULES) {
      test(`${variant}, ${schedule}: corrects keys at 1, 5 and 10 % errors and counts each of them`, () => {
        const random = pooledDrbg(`${variant} ${schedule}`);
        for (const errors of [20, 100, 200]) {
          const pair = noisyPair(2000, errors, random);
          const before = { reference: pair.reference.slice(), noisy: pair.noisy.slice() };
          const outcome = reconcileCascade({ ...pair, qber: errors / 2000, variant, schedule, random });
          assert.deepEqual(outcome.key, pair.reference);
          assert.deepEqual([outcome.length, outcome.corrections], [2000, errors]);
          assert.deepEqual({ reference: pair.reference, noisy: pair.noisy }, before);
          assert.ok(outcome.efficiency > 1 && outcome.efficiency < 2, `efficiency ${outcome.efficiency}`);
        }
      });
    }
  }

  test("the leak is the number of parities that were exchanged, on both sides, and each message is a round", () => {
    const random = pooledDrbg("leak");
    const pair = noisyPair(1500, 60, random);
    const setting = { variant: "option8", length: 1500, qber: 0.04, seed: random(16) } as const;
    const responder = new CascadeResponder({ ...setting, key: pair.reference });
    const corrector = new CascadeCorrector({ ...setting, key: pair.noisy });
    let [parities, messages] = [0, 0];
    for (let questions = corrector.start(); ;) {
      parities += questions.blocks.length / 3;
      messages++;
      const next = corrector.receive(responder.answer(questions));
      if (next === null) break;
      questions = next;
    }
    assert.deepEqual(corrector.result(), { key: pair.reference, length: 1500, leaked: parities });
    assert.deepEqual(responder.result(), { key: pair.reference, length: 1500, leaked: parities });
    assert.deepEqual([corrector.asked, responder.answered, corrector.rounds], [parities, parities, messages]);
    assert.equal(corrector.corrections, 60);
  });

  test("two sides that derive the shuffles for themselves do what they do in one process", () => {
    const pair = noisyPair(999, 30, pooledDrbg("apart"));
    const seed = pooledDrbg("the seed")(16);
    const setting = { variant: "biconf", length: 999, qber: 0.03, seed } as const;
    const responder = new CascadeResponder({ ...setting, key: pair.reference });
    const corrector = new CascadeCorrector({ ...setting, key: pair.noisy });
    for (let questions = corrector.start(); ;) {
      const next = corrector.receive(responder.answer(questions));
      if (next === null) break;
      questions = next;
    }
    const together = reconcileCascade({ ...pair, qber: 0.03, variant: "biconf", random: () => seed.slice() });
    assert.deepEqual(corrector.result().leaked, together.leaked);
    assert.deepEqual([corrector.rounds, corrector.result().key], [together.rounds, together.key]);
  });

  test("the same seed is the same run; another one has other shuffles", () => {
    const pair = noisyPair(4000, 200, pooledDrbg("repeat"));
    const run = (seed: string) => reconcileCascade({ ...pair, qber: 0.05, random: pooledDrbg(seed) });
    assert.deepEqual(run("a"), run("a"));
    assert.notDeepEqual(run("a"), run("b"));
  });

  test("the smallest block first tells less in more rounds than all at once", () => {
    const random = pooledDrbg("schedules");
    const pairs = Array.from({ length: 10 }, () => noisyPair(4096, 123, random));
    const [all, smallest] = SCHEDULES.map((schedule) => {
      const runs = pairs.map((pair) => reconcileCascade({ ...pair, qber: 0.03, variant: "option8", schedule, random }));
      return { leaked: sum(runs.map(({ leaked }) => leaked)), rounds: sum(runs.map(({ rounds }) => rounds)) };
    });
    assert.ok(smallest.leaked < all.leaked, `${smallest.leaked} < ${all.leaked}`);
    assert.ok(smallest.rounds > all.rounds, `${smallest.rounds} > ${all.rounds}`);
  });

  test("keys without an error, and a rate of none, are left alone", () => {
    const random = pooledDrbg("none");
    const pair = noisyPair(300, 0, random);
    for (const variant of CASCADE_VARIANTS) {
      const outcome = reconcileCascade({ ...pair, qber: 0, variant, random });
      assert.deepEqual([outcome.key, outcome.corrections], [pair.reference, 0]);
      assert.equal(outcome.efficiency, Infinity);
    }
  });

  test("more errors than the rate says are corrected too, at a higher price", () => {
    const random = pooledDrbg("more");
    const pair = noisyPair(5000, 400, random);
    const outcome = reconcileCascade({ ...pair, qber: 0.02, variant: "option4", random });
    assert.deepEqual(outcome.key, pair.reference);
  });

  test("an observer sees every pass, every parity and every correction with what it set off", () => {
    const random = pooledDrbg("observer");
    const pair = noisyPair(2000, 100, random);
    const passes: number[] = [];
    const known: CascadeBlock[] = [];
    const corrected: CascadeCorrection[] = [];
    const outcome = reconcileCascade({
      ...pair,
      qber: 0.05,
      random,
      observer: {
        passStarted: (pass) => passes.push(pass),
        parityKnown: (block) => known.push(block),
        corrected: (correction) => corrected.push(correction),
      },
    });
    assert.deepEqual(passes, [0, 1, 2, 3]);
    assert.equal(known.length, outcome.leaked);
    assert.equal(corrected.length, 100);
    assert.equal(new Set(corrected.map(({ index }) => index)).size, 100);
    const effects = corrected.flatMap(({ found, cascade }) => cascade.map((block) => ({ found, block })));
    assert.ok(effects.some(({ found, block }) => block.pass < found.pass));
    assert.ok(effects.every(({ found, block }) => block.pass !== found.pass));
  });

  test("an observer may run Cascade itself", () => {
    const random = pooledDrbg("nested");
    const [outer, inner] = [noisyPair(500, 25, random), noisyPair(500, 20, random)];
    let nested = 0;
    const outcome = reconcileCascade({
      ...outer,
      qber: 0.05,
      random,
      observer: {
        passStarted() {
          nested += distance(inner.reference, reconcileCascade({ ...inner, qber: 0.05, random }).key);
        },
      },
    });
    assert.deepEqual([outcome.key, nested], [outer.reference, 0]);
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
