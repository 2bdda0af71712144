import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withinFiveSigma } from "../../testing/five-sigma.js";
import { seededRandom } from "../randomness/sources.js";
import { WordStream } from "../randomness/word-stream.js";
import { ConditionalDecision, Decision } from "./decisions.js";
import { popcount } from "./words.js";

const ALL = -1;
const WORDS = 40_000;
const streamOf = (seed: string) => new WordStream(seededRandom(seed));

/** How many words a decision draws. */
function drawn(decide: (stream: WordStream) => number): number {
  const [stream, counter] = [streamOf("count"), streamOf("count")];
  decide(stream);
  const next = stream.next();
  let words = 0;
  while (counter.next() !== next) words++;
  return words;
}

describe("a decision in 32 lanes", () => {
  for (const probability of [1e-4, 0.11, 0.25, 0.5, 0.7, 0.999]) {
    test(`happens with probability ${probability}, in every lane alike`, () => {
      const [decision, stream] = [new Decision(probability), streamOf(`decision ${probability}`)];
      const lanes = new Array<number>(32).fill(0);
      for (let w = 0; w < WORDS; w++) {
        const happens = decision.draw(ALL, stream);
        for (let lane = 0; lane < 32; lane++) lanes[lane] += (happens >>> lane) & 1;
      }
      lanes.forEach((hits, lane) => withinFiveSigma(hits, WORDS, probability, `lane ${lane}`));
    });
  }

  test("draws nothing for what is certain or impossible, and one word for a fair coin", () => {
    for (const [probability, lanes, words] of [
      [0, ALL, 0],
      [1, ALL, 0],
      [0.5, ALL, 1],
      [0.5, 0, 0],
      [0.3, 0, 0],
    ]) {
      assert.equal(
        drawn((stream) => new Decision(probability).draw(lanes, stream)),
        words,
      );
      assert.equal(
        drawn((stream) => new ConditionalDecision(() => probability).draw(lanes, 1, 2, 4, stream)),
        words,
      );
    }
    assert.ok(drawn((stream) => new Decision(0.3).draw(ALL, stream)) > 3);
  });

  test("never happens outside of the lanes that take part", () => {
    const stream = streamOf("lanes");
    for (let w = 0; w < 1000; w++) {
      const lanes = stream.next();
      for (const probability of [0.2, 0.5, 1]) assert.equal(new Decision(probability).draw(lanes, stream) & ~lanes, 0);
      assert.equal(new ConditionalDecision((a, b) => (a + b) / 2).draw(lanes, w, -w, 5, stream) & ~lanes, 0);
    }
  });
});

describe("a decision that depends on three bits", () => {
  test("has the probability of each of the eight cases", () => {
    const probabilities = [0, 1, 0.5, 0.01, 0.99, 0.3, 0.5, 0.75];
    const decision = new ConditionalDecision((a, b, c) => probabilities[4 * a + 2 * b + c]);
    const stream = streamOf("cases");
    const [hits, trials] = [new Array<number>(8).fill(0), new Array<number>(8).fill(0)];
    for (let w = 0; w < WORDS; w++) {
      const [a, b, c] = [stream.next(), stream.next(), stream.next()];
      const happens = decision.draw(ALL, a, b, c, stream);
      for (let i = 0; i < 8; i++) {
        const lanes = (i & 4 ? a : ~a) & (i & 2 ? b : ~b) & (i & 1 ? c : ~c);
        trials[i] += popcount(lanes);
        hits[i] += popcount(lanes & happens);
      }
    }
    probabilities.forEach((probability, i) => withinFiveSigma(hits[i], trials[i], probability, `case ${i}`));
  });
});
