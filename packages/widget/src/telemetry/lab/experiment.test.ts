import assert from "node:assert/strict";
import { test } from "node:test";
import { exchange, sweep, traceQubits } from "@qsec2/sdk/bb84";
import { boundOf } from "../qber/bound.js";
import { accountOf, accountOfLedger } from "../qber/ledger.js";
import { phaseOf } from "../run.js";
import { aborted, keyed, NO_RUNS, stepped, type Runs } from "../runs.js";
import { parseTrace } from "../trace/parse.js";
import {
  runExperiment,
  sweepInSlices,
  sweepRuns,
  sweepValues,
  type Experiment,
  type SweepPoint,
} from "./experiment.js";
import { theoryOf } from "./theory.js";
import { DEFAULT_SETTINGS, exchangeOptions, fragmentOf, settingsOf, QUBITS, type LabSettings } from "./settings.js";

function runsOf({ trace }: Experiment): Runs {
  return trace.events.reduce((runs: Runs, { name, detail }) => {
    if (name === "bb84:step") return stepped(runs, detail);
    if (name === "bb84:aborted") return aborted(runs, detail);
    return name === "bb84:keyed" ? keyed(runs, detail) : runs;
  }, NO_RUNS);
}

const CASES: readonly (readonly [string, Partial<LabSettings>, string])[] = [
  ["key", { loss: 0.4, noise: 0.01 }, "SECURE"],
  ["eavesdropper", { strategy: "random", share: 1 }, "EAVESDROPPER"],
  ["noisy", { qubits: 1024, noise: 0.05 }, "NOISY"],
];

for (const [verdict, part, phase] of CASES) {
  test(`what panels show of a run that ends with '${verdict}' is what the engine has counted`, () => {
    const settings = { ...DEFAULT_SETTINGS, ...part };
    const experiment = runExperiment(settings);
    const { stats, ledger, verdict: came } = exchange(exchangeOptions(settings));
    assert.equal(came, verdict);
    assert.deepEqual(experiment.ledger, ledger);
    const run = runsOf(experiment).current!;
    assert.equal(phaseOf(run), phase);
    assert.equal(run.qber, stats.estimate.qber);
    assert.deepEqual(
      [run.counts.qubits, run.counts.detected, run.counts.matched, run.counts.sampled, run.counts.errors],
      [stats.tally.sent, stats.tally.detected, stats.tally.sifted, stats.estimate.sampled, stats.estimate.errors],
    );
    const { low, high, failure } = stats.estimate;
    assert.deepEqual(boundOf(run), { low, high, failure });
    if (verdict === "key") assert.deepEqual(accountOf(run), accountOfLedger(ledger));
    assert.deepEqual(parseTrace(JSON.stringify(experiment.trace)), experiment.trace);
  });
}

test("a link makes exactly the same run again", () => {
  const settings: LabSettings = { ...DEFAULT_SETTINGS, strategy: "breidbart", share: 0.2, loss: 0.1, seed: "again" };
  const replayed = settingsOf(`#${fragmentOf(settings)}`)!;
  assert.deepEqual(runExperiment(replayed), runExperiment(settings));
  assert.notDeepEqual(runExperiment({ ...settings, seed: "another" }).stats.tally, runExperiment(settings).stats.tally);
});

test("the qubits that are shown are the first ones of the run itself", () => {
  const settings: LabSettings = { ...DEFAULT_SETTINGS, qubits: 1024, strategy: "random", share: 0.5, loss: 0.2 };
  const { qubits, channel, eavesdropper, seed } = exchangeOptions(settings);
  const all = traceQubits({ qubits, channel: channel!, eavesdropper: eavesdropper!, seed: seed! });
  const shown = runExperiment(settings).trace.events.flatMap(({ name, detail }) =>
    name === "bb84:step" ? (detail.qubits ?? []) : [],
  );
  assert.ok(shown.length > 60);
  for (const { index, measured } of shown) assert.equal(measured.bit, all[index].measured.bit);
});

test("a sweep in slices is the engine's own sweep, and lets the page go on in between", async () => {
  const settings: LabSettings = { ...DEFAULT_SETTINGS, qubits: 4096, strategy: "random" };
  const points: SweepPoint[] = [];
  let others = 0;
  const other = setInterval(() => others++, 0);
  const done = await sweepInSlices(settings, "share", (point) => points.push(point), new AbortController().signal);
  clearInterval(other);
  assert.equal(done, true);
  assert.ok(others >= points.length - 2, `${others} other tasks`);
  const rows = sweep("eavesdropper.share", sweepValues("share"), {
    ...exchangeOptions(settings),
    runs: sweepRuns(settings),
  });
  assert.deepEqual(
    points,
    rows.map(({ value, qber, verdicts, runs, secret }) => ({ value, qber, keys: verdicts.key / runs, secret })),
  );
});

test("no point of a sweep sends more than one exchange of 65,536 qubits", () => {
  assert.deepEqual(
    QUBITS.map((qubits) => sweepRuns({ ...DEFAULT_SETTINGS, qubits })),
    [48, 12, 3, 1],
  );
});

test("a sweep that is stopped makes no more points", async () => {
  const stop = new AbortController();
  const points: SweepPoint[] = [];
  const settings = { ...DEFAULT_SETTINGS, qubits: 1024 };
  const onPoint = (point: SweepPoint): void => {
    if (points.push(point) === 2) stop.abort();
  };
  assert.equal(await sweepInSlices(settings, "noise", onPoint, stop.signal), false);
  assert.equal(points.length, 2);
});

test("theory is p/4 for random bases without noise, and measurement stays near it", async () => {
  const settings: LabSettings = { ...DEFAULT_SETTINGS, noise: 0, strategy: "random" };
  for (const { value, qber } of theoryOf({ name: "share", settings })) assert.ok(Math.abs(qber - value / 4) < 1e-12);
  const points: SweepPoint[] = [];
  await sweepInSlices(settings, "share", (point) => points.push(point), new AbortController().signal);
  // Five standard deviations of some 24,000 sifted bits at 25 %.
  for (const { value, qber } of points) assert.ok(Math.abs(qber.measured - value / 4) < 0.014, String(value));
});
