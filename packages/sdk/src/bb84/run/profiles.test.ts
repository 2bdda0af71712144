import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunCounts } from "../secret-length.js";
import { PROFILES, profileByCode } from "./profiles.js";
import { binaryEntropy } from "../secret-length.js";

test("a profile is found by its byte on the wire, an unknown byte finds none", () => {
  assert.equal(profileByCode(0), PROFILES.classic);
  assert.equal(profileByCode(1), PROFILES.golay);
  assert.equal(profileByCode(2), PROFILES.ldpc);
  for (const code of [3, 255, -1, Number.NaN]) assert.equal(profileByCode(code), undefined);
});

test("classic runs with 128 qubits only, golay with multiples of 128 from 1024 to 65536", () => {
  assert.deepEqual([0, 127, 128, 256, Number.NaN].map(PROFILES.classic.isValidQubitCount), [
    false,
    false,
    true,
    false,
    false,
  ]);
  for (const count of [1024, 1152, 4096, 65_536]) assert.ok(PROFILES.golay.isValidQubitCount(count), `${count}`);
  for (const count of [0, 128, 896, 1025, 1088, 4096.5, 65_664, -1024, Number.NaN, Infinity]) {
    assert.ok(!PROFILES.golay.isValidQubitCount(count), `${count}`);
  }
  for (const profile of Object.values(PROFILES)) {
    assert.ok(profile.isValidQubitCount(profile.defaultQubits) && profile.isValidQubitCount(profile.maxQubits));
  }
});

test("the minimum of matched bits and the sample size are those of the protocol", () => {
  assert.deepEqual([PROFILES.classic.minimumMatched(128), PROFILES.golay.minimumMatched(4096)], [16, 1536]);
  assert.deepEqual([16, 35, 36, 74].map(PROFILES.classic.sampleSize), [8, 8, 9, 18]);
  assert.deepEqual([2114, 2115, 2116].map(PROFILES.golay.sampleSize), [528, 528, 529]);
});

test("h₂ is 0 at both ends, 1 in the middle and symmetric", () => {
  assert.deepEqual([0, 0.5, 1].map(binaryEntropy), [0, 1, 0]);
  assert.ok(Math.abs(binaryEntropy(0.11) - 0.499916) < 1e-6); // where 1 − 2·h₂ crosses zero
  assert.ok(Math.abs(binaryEntropy(0.3) - binaryEntropy(0.7)) < 1e-12);
});

test("ℓ of golay is 12k − ⌈24k·h₂(QBER)⌉ − 64 and never negative", () => {
  const { secretLength, minimumSecret } = PROFILES.golay;
  assert.equal(secretLength(counts(24 * 66, 0)), 728); // 792 − 0 − 64
  assert.equal(secretLength(counts(24 * 66, 0.05)), 274); // 792 − ⌈453.65⌉ − 64
  assert.equal(secretLength(counts(24 * 66, 0.1)), 0);
  assert.equal(secretLength(counts(0, 0)), 0);
  assert.equal(minimumSecret, 256);
});

test("classic counts the raw bits less what the error rate tells, and asks for no minimum", () => {
  const { secretLength, minimumSecret } = PROFILES.classic;
  assert.equal(secretLength(counts(56, 0)), 56);
  assert.equal(secretLength(counts(56, 0.05)), 39); // ⌊56 · 0.7136⌋
  assert.equal(minimumSecret, 0);
});

test("ldpc runs with multiples of 128 from 4096 to 92160 and samples a third", () => {
  for (const count of [4096, 8192, 92_160]) assert.ok(PROFILES.ldpc.isValidQubitCount(count), `${count}`);
  for (const count of [0, 2048, 4097, 92_288, Number.NaN]) assert.ok(!PROFILES.ldpc.isValidQubitCount(count));
  assert.deepEqual([3000, 3001, 3002, 3003].map(PROFILES.ldpc.sampleSize), [1000, 1000, 1000, 1001]);
});

test("ℓ of ldpc is the finite-key length for what was sampled and told", () => {
  const run = { reconciled: 10_000, sampled: 3000, errors: 90, qber: 0.03, leaked: 2255 };
  const { secretLength } = PROFILES.ldpc;
  assert.ok(secretLength(run) > 1975); // by Serfling's bound, which is the weaker one (estimation/finite-key.test.ts)
  assert.equal(secretLength(run) - secretLength({ ...run, leaked: 2355 }), 100);
  assert.equal(secretLength({ ...run, leaked: 9000 }), 0);
});

function counts(reconciled: number, qber: number): RunCounts {
  return { reconciled, qber, leaked: 0, sampled: 0, errors: 0 };
}
