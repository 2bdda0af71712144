import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../locale/en.js";
import { abortedDetail, stepDetail } from "../../testing/details.js";
import { onAborted, onStep } from "../run.js";
import { channelSentence } from "./sentence.js";

test("where somebody is known to listen, a run that is too noisy is not said to be without an eavesdropper", () => {
  const noisy = (eve: number) =>
    channelSentence(onAborted(onStep(null, stepDetail(5, { eve })), abortedDetail({ code: "INSUFFICIENT" })), en);
  assert.equal(noisy(0), en.telemetry.phase.NOISY);
  assert.equal(noisy(0.3), en.panels.monitor.noisyEve);
});
