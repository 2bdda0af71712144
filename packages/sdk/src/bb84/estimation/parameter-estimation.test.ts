import fc from "fast-check";
import assert from "node:assert/strict";
import { test } from "node:test";
import { drbg, pooledDrbg } from "../../testing/drbg.js";
import { throwsCode } from "../../testing/throws.js";
import { isSubset, positions, weight } from "../bits.js";
import { chooseSample, qberOf, requireLowQber } from "./parameter-estimation.js";

test("the sample is a subset of the matched places of exactly the size asked, one draw of 6 bytes for each", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 32 }),
      fc.string(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (match, seed, part) => {
        const size = Math.floor(part * weight(match));
        const random = drbg(seed);
        const draws: number[] = [];
        const sample = chooseSample(match, size, (length) => {
          draws.push(length);
          return random(length);
        });
        assert.ok(isSubset(sample, match));
        assert.equal(weight(sample), size);
        assert.deepEqual(draws, Array<number>(size).fill(6));
      },
    ),
  );
});

test("every matched place is sampled equally often", () => {
  const match = Uint8Array.of(0b0110_1101, 0b1011_0001);
  const places = positions(match);
  const random = pooledDrbg("uniform");
  const trials = 20_000;
  const hits = new Map(places.map((place) => [place, 0]));
  for (let i = 0; i < trials; i++) {
    for (const place of positions(chooseSample(match, 3, random))) hits.set(place, hits.get(place)! + 1);
  }
  const probability = 3 / places.length;
  const sigma = Math.sqrt(trials * probability * (1 - probability));
  for (const [place, count] of hits) {
    assert.ok(Math.abs(count - trials * probability) < 5 * sigma, `place ${place} came ${count} times`);
  }
});

test("the error rate is the share of the sampled bits that differ, 0 of an empty sample", () => {
  assert.deepEqual(qberOf(Uint8Array.of(0b1010_0000), Uint8Array.of(0b1001_0000), 5), {
    sampled: 5,
    errors: 2,
    qber: 0.4,
  });
  assert.deepEqual(qberOf(new Uint8Array(0), new Uint8Array(0), 0), { sampled: 0, errors: 0, qber: 0 });
});

test("11 of 100 errors stop a run, 10 of 100 do not, and the sentence gives the numbers", () => {
  throwsCode("QBER", () => requireLowQber({ sampled: 100, errors: 11, qber: 0.11 }));
  requireLowQber({ sampled: 100, errors: 10, qber: 0.1 });
  throwsCode("QBER", () => requireLowQber({ sampled: 18, errors: 2, qber: 2 / 18 }));
  requireLowQber({ sampled: 19, errors: 2, qber: 2 / 19 });
  assert.throws(
    () => requireLowQber({ sampled: 400, errors: 101, qber: 0.2525 }),
    /25\.3 % errors \(101 of 400 sampled bits\)/,
  );
});
