import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { noisyPair } from "../../testing/cascade-runs.js";
import { pooledDrbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { flipBit } from "../bits.js";
import { CascadeCorrector } from "./corrector.js";
import { reconcileCascade } from "./reconcile.js";
import { CascadeResponder } from "./responder.js";

const LENGTH = 1024;
const random = pooledDrbg("wipe");
const pair = noisyPair(LENGTH, 30, random);
const setting = { variant: "original", length: LENGTH, qber: 0.03, seed: random(16) } as const;

/** Runs `work` and returns the word arrays that it made. */
function madeBy(work: () => void): Int32Array[] {
  const made: Int32Array[] = [];
  const Original = globalThis.Int32Array;
  class Tracked extends Original {
    constructor(...args: ConstructorParameters<typeof Original>) {
      super(...args);
      made.push(this);
    }
  }
  globalThis.Int32Array = Tracked;
  try {
    work();
  } finally {
    globalThis.Int32Array = Original;
  }
  return made;
}

/** How many arrays hold four words in a row of a key. */
function holders(key: Uint8Array, arrays: readonly Int32Array[]): number {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const words = Array.from({ length: LENGTH / 32 }, (_, i) => view.getInt32(4 * i));
  return arrays.filter((array) =>
    words.some((word, i) => i + 3 < words.length && array.some((_, at) => same(array, at, words, i) && word !== 0)),
  ).length;
}

function same(array: Int32Array, at: number, words: readonly number[], i: number): boolean {
  return [0, 1, 2, 3].every((next) => array[at + next] === words[i + next]);
}

describe("Cascade leaves no key in its memory", () => {
  test("after a run in one process", () => {
    const arrays = madeBy(() => reconcileCascade({ ...pair, qber: 0.03, random }));
    assert.deepEqual([holders(pair.reference, arrays), holders(pair.noisy, arrays)], [0, 0]);
  });

  test("after the answers contradicted each other, though nobody wiped the corrector", () => {
    const responder = new CascadeResponder({ ...setting, key: pair.reference });
    const arrays = madeBy(() => {
      const corrector = new CascadeCorrector({ ...setting, key: pair.noisy });
      let questions = corrector.start();
      throwsCode("RECONCILE", () => {
        for (let message = 0; message < 1000; message++) {
          const { parities } = responder.answer(questions);
          if (message > 0) flipBit(parities, 0);
          questions = corrector.receive({ parities })!;
        }
      });
    });
    assert.equal(holders(pair.noisy, arrays), 0);
  });

  test("after both sides are wiped, and until then they hold it", () => {
    let [corrector, responder]: [CascadeCorrector?, CascadeResponder?] = [];
    const arrays = madeBy(() => {
      responder = new CascadeResponder({ ...setting, key: pair.reference });
      corrector = new CascadeCorrector({ ...setting, key: pair.noisy });
      corrector.receive(responder.answer(corrector.start()));
    });
    assert.ok(holders(pair.reference, arrays) > 0);
    corrector!.wipe();
    responder!.wipe();
    assert.deepEqual([holders(pair.reference, arrays), holders(pair.noisy, arrays)], [0, 0]);
  });
});
