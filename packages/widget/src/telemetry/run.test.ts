import assert from "node:assert/strict";
import { test } from "node:test";
import { abortedDetail, BOB, CAROL, keyedDetail, stepDetail } from "../testing/details.js";
import { isNoise, onAborted, onKeyed, onStep, phaseOf, verdictOf, withPeers, type Run } from "./run.js";

const run = (...steps: Parameters<typeof onStep>[1][]): Run => steps.reduce<Run | null>(onStep, null)!;

test("a later step keeps the numbers of the steps before it", () => {
  const view = run(
    stepDetail(5, { counts: { qubits: 4096, matched: 2050, errors: 5 }, qber: 0.01 }),
    stepDetail(6, { counts: { qubits: 4096, secret: 571 } }),
  );
  assert.deepEqual(view.counts, { qubits: 4096, matched: 2050, errors: 5, secret: 571 });
  assert.equal(view.qber, 0.01);
});

test("a new attempt starts from nothing", () => {
  const view = run(stepDetail(5, { qber: 0.2, eve: 1 }), stepDetail(1, { attempt: 2 }));
  assert.equal(view.qber, null);
  assert.equal(view.eve, 0);
  assert.equal(view.step, 1);
});

test("a run with another peer takes the place of the one shown", () => {
  assert.equal(run(stepDetail(6), stepDetail(1, { peer: CAROL })).peer, "carol");
});

test("without a run the channel is idle, with one under way it is exchanging", () => {
  assert.equal(phaseOf(null), "IDLE");
  assert.equal(phaseOf(run(stepDetail(3))), "EXCHANGING");
});

test("a run that gave a key is secure, and only then", () => {
  const before = run(stepDetail(6, { qber: 0.01 }));
  assert.equal(verdictOf(before), "pending");
  const after = onKeyed(before, keyedDetail());
  assert.equal(phaseOf(after), "SECURE");
  assert.equal(verdictOf(after), "secure");
});

test("the verdict is ABORTED from exactly eleven percent on", () => {
  assert.equal(verdictOf(run(stepDetail(5, { qber: 0.1099 }))), "pending");
  assert.equal(verdictOf(run(stepDetail(5, { qber: 0.11 }))), "aborted");
});

test("an abort at the threshold is an eavesdropper, one for noise is noisy, any other is neither", () => {
  const view = run(stepDetail(5));
  assert.equal(phaseOf(onAborted(view, abortedDetail({ code: "QBER", qber: 0.25 }))), "EAVESDROPPER");
  for (const code of ["INSUFFICIENT", "RECONCILE", "SIFT"] as const) {
    assert.equal(phaseOf(onAborted(view, abortedDetail({ code }))), "NOISY");
    assert.equal(isNoise(code), true);
  }
  assert.equal(phaseOf(onAborted(view, abortedDetail({ code: "TIMEOUT" }))), "IDLE");
  assert.equal(verdictOf(onAborted(view, abortedDetail({ code: "TIMEOUT" }))), "aborted");
});

test("a run without a key is dropped when its peer is gone, one with a key stays", () => {
  const running = run(stepDetail(3));
  assert.equal(withPeers(running, [CAROL, BOB]), running);
  assert.equal(withPeers(running, [CAROL]), null);
  assert.equal(withPeers(onAborted(running, abortedDetail()), [CAROL]), null);
  const keyed = onKeyed(running, keyedDetail());
  assert.equal(withPeers(keyed, [CAROL]), keyed);
  assert.equal(withPeers(null, []), null);
});

test("an abort before the first step is shown with what is known", () => {
  const view = onAborted(null, abortedDetail({ code: "TIMEOUT", attempt: 3, willRetry: true }));
  assert.equal(view.step, 0);
  assert.equal(view.attempt, 3);
  assert.equal(view.willRetry, true);
});
