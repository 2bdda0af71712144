import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../locale/en.js";
import { onAborted, onKeyed, onStep } from "../telemetry/run.js";
import { abortedDetail, keyedDetail, stepDetail } from "../testing/details.js";
import { statusLine, type StatusView } from "./status-line.js";

const line = (changes: Partial<StatusView>) =>
  statusLine({ state: "waiting", present: 1, expected: 2, toCompare: 0, run: null, ...changes }, en);

test("the life of a room is told in order", () => {
  assert.equal(line({ state: "connecting" }).text, "Connecting");
  assert.equal(line({ state: "waiting" }).text, "Waiting for peers (1 of 2)");
  assert.equal(
    line({ state: "exchanging", run: onStep(null, stepDetail(3)) }).text,
    "Quantum exchange with bob: step 3 of 6",
  );
  assert.equal(line({ state: "secured", run: onStep(null, stepDetail(6)) }).text, "Secure channel active");
  assert.equal(line({ state: "reconnecting" }).text, "Reconnecting");
});

test("an exchange that has given keys is not shown as going on while somebody has still to say yes", () => {
  const run = onKeyed(onStep(null, stepDetail(6)), keyedDetail());
  assert.equal(line({ state: "exchanging", run }).text, "Keys agreed with bob, no room key yet");
});

test("who has compared the emoji is told to wait for the other, not to compare them", () => {
  assert.equal(line({ state: "verifying", toCompare: 1 }).text, "Compare emoji on both screens to continue");
  const after = line({ state: "verifying", toCompare: 0 });
  assert.deepEqual([after.text, after.tint], ["Waiting for the other side to confirm", "muted"]);
});

test("the steps of one exchange are announced once", () => {
  const announcements = ([1, 2, 3, 4, 5, 6] as const).map(
    (step) => line({ state: "exchanging", run: onStep(null, stepDetail(step)) }).announcement,
  );
  assert.equal(new Set(announcements).size, 1);
});

test("a stopped exchange is said in red, noise in amber, and neither while another run is about to start", () => {
  const run = onStep(null, stepDetail(5));
  const after = (code: "QBER" | "RECONCILE", willRetry: boolean) =>
    line({ state: "waiting", run: onAborted(run, abortedDetail({ code, willRetry })) });
  assert.deepEqual([after("QBER", false).text, after("QBER", false).tint], ["Exchange with bob stopped", "red"]);
  assert.equal(after("RECONCILE", false).tint, "amber");
  assert.equal(after("RECONCILE", true).text, "Waiting for peers (1 of 2)");
});

test("a channel with others is not called stopped because one exchange was", () => {
  assert.equal(line({ state: "secured", run: onAborted(null, abortedDetail()) }).text, "Secure channel active");
});
