import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { noisyPair } from "../../testing/cascade-runs.js";
import { pooledDrbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { QsecError } from "../../wire/errors.js";
import { flipBit } from "../bits.js";
import { CascadeCorrector } from "./corrector.js";
import type { CascadeSetting, ParityQuestions } from "./messages.js";
import { reconcileCascade } from "./reconcile.js";
import { CascadeResponder } from "./responder.js";

const random = pooledDrbg("refusals");
const LENGTH = 1000;
const setting: CascadeSetting = { variant: "original", length: LENGTH, qber: 0.03, seed: random(16) };
const pair = noisyPair(LENGTH, 30, random);
const newCorrector = () => new CascadeCorrector({ ...setting, key: pair.noisy });
const newResponder = () => new CascadeResponder({ ...setting, key: pair.reference });

/** Goes on from these questions to the end. */
function finish(corrector: CascadeCorrector, responder: CascadeResponder, first: ParityQuestions): void {
  let questions: ParityQuestions | null = first;
  while (questions !== null) questions = corrector.receive(responder.answer(questions));
}

function caught(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("the corrector refuses", () => {
  test("answers of another number of parities, and goes on with the right ones as if nothing had been", () => {
    const [corrector, responder] = [newCorrector(), newResponder()];
    const questions = corrector.start();
    const answers = responder.answer(questions);
    const { parities } = answers;
    for (const wrong of [new Uint8Array(0), parities.subarray(1), Uint8Array.of(...parities, 0)])
      throwsCode("DECODE", () => corrector.receive({ parities: wrong }));
    assert.equal((questions.blocks.length / 3) & 7, 0);
    finish(corrector, responder, corrector.receive(answers)!);
    assert.deepEqual(corrector.result().key, pair.reference);
  });

  test("parities of a pass that add up to another sum than those of the first, naming the stage", () => {
    const [corrector, responder] = [newCorrector(), newResponder()];
    const error = caught(() => {
      for (let questions: ParityQuestions | null = corrector.start(); questions !== null;) {
        const { parities } = responder.answer(questions);
        const [pass, start, end] = questions.blocks;
        if (pass === 1 && start === 0 && end === 50) flipBit(parities, 0);
        questions = corrector.receive({ parities });
      }
    });
    assert.ok(error instanceof QsecError);
    assert.equal(error.code, "RECONCILE");
    assert.match(error.message, /Information reconciliation \(Cascade, pass 2\)/);
    throwsCode("bad_state", () => corrector.result());
    throwsCode("bad_state", () => corrector.receive({ parities: new Uint8Array(1) }));
  });

  test("to name a key before the last question is answered", () => {
    const corrector = newCorrector();
    throwsCode("RECONCILE", () => corrector.result());
    corrector.start();
    throwsCode("RECONCILE", () => corrector.result());
  });

  test("to begin twice, to take answers to nothing, and all after it is wiped", () => {
    const [corrector, responder] = [newCorrector(), newResponder()];
    throwsCode("bad_state", () => corrector.receive({ parities: new Uint8Array(1) }));
    const questions = corrector.start();
    throwsCode("bad_state", () => corrector.start());
    finish(corrector, responder, questions);
    throwsCode("bad_state", () => corrector.receive({ parities: new Uint8Array(1) }));
    assert.deepEqual(corrector.result().key, pair.reference);
    corrector.wipe();
    throwsCode("bad_state", () => corrector.result());
    throwsCode("bad_state", () => corrector.start());
  });
});

describe("the responder refuses", () => {
  const refused = (...blocks: number[]) => {
    const responder = newResponder();
    throwsCode("DECODE", () => responder.answer({ blocks: Int32Array.from(blocks) }));
    assert.equal(responder.answered, 0);
  };

  test("questions that are not blocks of a pass that has begun or is the next, and tells nothing", () => {
    refused();
    refused(0, 0);
    refused(0, 0, 25, 0);
    refused(1, 0, 50); // the second pass before the first
    refused(-1, 0, 25);
    refused(4, 0, 25);
    refused(0, -25, 0);
    refused(0, 25, 25);
    refused(0, 0, LENGTH + 1);
    refused(0, 20, 30); // across two blocks
    refused(0, 0, 25, 1, 0, 50); // a pass that begins in the middle of a message
  });

  test("more parities than the passes so far can need, and tells nothing more", () => {
    const responder = newResponder();
    responder.answer({ blocks: Int32Array.from({ length: 3 * LENGTH }, (_, i) => (i % 3 === 2 ? 1 : 0)) });
    throwsCode("RECONCILE", () => responder.answer({ blocks: Int32Array.of(0, 0, 1) }));
    assert.equal(responder.answered, LENGTH);
    assert.ok(responder.answer({ blocks: Int32Array.of(1, 0, 50) }));
  });

  test("everything after it is wiped", () => {
    const responder = newResponder();
    responder.wipe();
    throwsCode("bad_state", () => responder.answer({ blocks: Int32Array.of(0, 0, 25) }));
    throwsCode("bad_state", () => responder.result());
  });
});

test("settings and keys that are none are refused by name", () => {
  const wrong: Partial<CascadeSetting>[] = [
    { variant: "option5" as never },
    { variant: "toString" as never },
    { length: 0 },
    { length: 1.5 },
    { qber: -0.1 },
    { qber: 0.51 },
    { qber: NaN },
    { length: LENGTH + 8 },
  ];
  for (const part of wrong) {
    throwsCode("bad_option", () => new CascadeCorrector({ ...setting, ...part, key: pair.noisy }));
    throwsCode("bad_option", () => new CascadeResponder({ ...setting, ...part, key: pair.reference }));
    throwsCode("bad_option", () => reconcileCascade({ ...pair, qber: 0.03, random, ...part }));
  }
  throwsCode("bad_option", () => new CascadeCorrector({ ...setting, key: pair.noisy, schedule: "none" as never }));
  for (const seed of [new Uint8Array(0), random(15), random(17)]) {
    throwsCode("DECODE", () => new CascadeCorrector({ ...setting, seed, key: pair.noisy }));
    throwsCode("DECODE", () => new CascadeResponder({ ...setting, seed, key: pair.reference }));
  }
  const stray = noisyPair(20, 1, random);
  stray.noisy[2] |= 1;
  throwsCode("bad_option", () => reconcileCascade({ ...stray, qber: 0.05, random }));
});
