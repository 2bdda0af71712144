import assert from "node:assert/strict";
import { test } from "node:test";
import { abortedDetail, keyedDetail, stepDetail } from "../../testing/details.js";
import { aborted, keyed, NO_RUNS, stepped } from "../runs.js";
import { funnelOf, rateCeiling, ratePoints } from "./data.js";

const counts = { qubits: 4096, matched: 2050, sampled: 512, errors: 4, reconciled: 1512, leaked: 756, secret: 571 };

test("each ended exchange that measured an error rate is a point, in percent and in order", () => {
  let runs = keyed(stepped(NO_RUNS, stepDetail(6, { counts })), keyedDetail({ qber: 0.01 }));
  runs = aborted(runs, abortedDetail({ code: "TIMEOUT", attempt: 2 }));
  runs = aborted(stepped(runs, stepDetail(1, { attempt: 3 })), abortedDetail({ qber: 0.25, attempt: 3 }));
  assert.deepEqual(ratePoints(runs.ended), [
    { number: 1, percent: 1, keyed: true },
    { number: 3, percent: 25, keyed: false },
  ]);
});

test("the funnel never widens, and a stage that was not reached is null", () => {
  const { current } = keyed(stepped(NO_RUNS, stepDetail(6, { counts })), keyedDetail());
  const bits = funnelOf(current).map((stage) => stage.bits);
  assert.deepEqual(bits, [4096, 4096, 2050, 1512, 571]);
  assert.deepEqual(
    funnelOf(stepped(NO_RUNS, stepDetail(2)).current).map((stage) => stage.bits),
    [4096, null, null, null, null],
  );
  assert.ok(funnelOf(null).every((stage) => stage.bits === null));
});

test("the axis of error rates has room for every point and for the limit", () => {
  assert.equal(rateCeiling([]), 30);
  assert.ok(rateCeiling([{ number: 1, percent: 48.5, keyed: false }]) > 48.5);
});
