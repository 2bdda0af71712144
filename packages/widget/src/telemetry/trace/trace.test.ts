import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoryRelay, createRoomSecret, QsecError, QsecSession } from "@qsec2/sdk";
import { abortedDetail, stepDetail } from "../../testing/details.js";
import { aborted, keyed, NO_RUNS, present, stepped, type Runs } from "../runs.js";
import { parseTrace } from "./parse.js";
import { recordTrace } from "./record.js";
import { REPLAY_EVENT, REPLAY_START, TraceReplay } from "./replay.js";
import { EVENTS_MAX, type Trace, type TraceEvent } from "./trace.js";

/** What the panels make of a trace. */
function runsOf({ events }: Trace): Runs {
  return events.reduce((runs: Runs, { name, detail }) => {
    if (name === "bb84:step") return stepped(runs, detail);
    if (name === "bb84:aborted") return aborted(runs, detail);
    if (name === "bb84:keyed") return keyed(runs, detail);
    return name === "members" ? present(runs, detail.members) : runs;
  }, NO_RUNS);
}

async function recorded(): Promise<{ trace: Trace; runs: Runs }> {
  const relay = createMemoryRelay();
  const secret = createRoomSecret();
  const member = (username: string) => new QsecSession({ transport: relay.transport(), room: "r", username, secret });
  const [alice, bob] = [member("alice"), member("bob")];
  const recording = recordTrace(alice);
  let runs = NO_RUNS;
  alice.addEventListener("bb84:step", ({ detail }) => (runs = stepped(runs, detail)));
  alice.addEventListener("bb84:keyed", ({ detail }) => (runs = keyed(runs, detail)));
  try {
    await Promise.all([alice.connect(), bob.connect()]);
    await Promise.all([alice.secured(), bob.secured()]);
    await alice.send("a very private sentence");
    return { trace: recording.trace(), runs };
  } finally {
    alice.destroy();
    bob.destroy();
  }
}

test("a recorded session says the same of its run after JSON and back, number by number", async () => {
  const { trace, runs } = await recorded();
  const text = JSON.stringify(trace);
  const read = parseTrace(text);
  assert.deepEqual(read, trace);
  assert.deepEqual(runsOf(read).current, runs.current);
  assert.equal(runsOf(read).current!.outcome, "keyed");
  assert.ok(!text.includes("private sentence"));
});

const good = (): Trace => ({
  format: "qsec2-trace",
  version: 1,
  dropped: 0,
  events: [
    { at: 0, name: "bb84:step", detail: stepDetail(5, { qber: 0.01 }) },
    { at: 5, name: "bb84:aborted", detail: abortedDetail() },
  ],
});

test("what is not a trace is refused with the place that is wrong", () => {
  const step = good().events[0] as Extract<TraceEvent, { name: "bb84:step" }>;
  const withStep = (detail: object) => ({ ...good(), events: [{ ...step, detail: { ...step.detail, ...detail } }] });
  const cases: readonly (readonly [unknown, string])[] = [
    ["", "not JSON"],
    [JSON.stringify(good()).slice(0, -20), "ends in the middle"],
    [null, "'trace' must be an object"],
    [[], "'trace' must be an object"],
    [{ ...good(), format: "har" }, "'trace.format'"],
    [{ ...good(), version: 2 }, "'trace.version'"],
    [{ ...good(), events: {} }, "'trace.events' must be a list"],
    [{ ...good(), events: [{ at: 0, name: "message", detail: {} }] }, "'trace.events[0].name'"],
    [{ ...good(), events: [{ at: -1, name: "state", detail: {} }] }, "'trace.events[0].at'"],
    [withStep({ qber: 1.2 }), "'trace.events[0].detail.qber' must be a number from 0 to 1"],
    [withStep({ qber: "0.1" }), "'trace.events[0].detail.qber'"],
    [withStep({ counts: { qubits: 1e12 } }), "'trace.events[0].detail.counts.qubits'"],
    [withStep({ counts: { qubits: 1.5 } }), "'trace.events[0].detail.counts.qubits'"],
    [withStep({ step: 7 }), "'trace.events[0].detail.step'"],
    [withStep({ peer: { id: "x" } }), "'trace.events[0].detail.peer.name'"],
    [withStep({ peer: { id: "x", name: "y".repeat(1000) } }), "'trace.events[0].detail.peer.name'"],
    [withStep({ qubits: Array.from({ length: 129 }, () => ({})) }), "'trace.events[0].detail.qubits' must be a list"],
    [withStep({ qubits: [{ index: 0, sent: { basis: 2, bit: 0 }, measured: {} }] }), "sent.basis'"],
    [{ ...good(), events: good().events.slice().reverse() }, "out of order"],
  ];
  for (const [value, place] of cases)
    assert.throws(
      () => parseTrace(value),
      (error) => error instanceof QsecError && error.code === "bad_option" && error.message.includes(place),
      place,
    );
});

test("a trace that stops half-way through a run is a trace", () => {
  const half = parseTrace({ ...good(), events: good().events.slice(0, 1) });
  assert.equal(runsOf(half).current!.outcome, "running");
});

test("what else stands in a trace is left out", () => {
  const read = parseTrace({ ...good(), extra: 1, events: [{ ...good().events[1], secret: "key", __proto__: {} }] });
  assert.deepEqual(Object.keys(read).sort(), ["dropped", "events", "format", "version"]);
  assert.deepEqual(Object.keys(read.events[0]).sort(), ["at", "detail", "name"]);
});

test("a recording is bounded, and says how much it has let go", () => {
  const source = new EventTarget();
  const recording = recordTrace(source);
  for (let i = 0; i < EVENTS_MAX + 10; i++)
    source.dispatchEvent(new CustomEvent("bb84:step", { detail: stepDetail(1, { attempt: i + 1 }) }));
  const trace = recording.trace();
  assert.deepEqual([trace.events.length, trace.dropped], [EVENTS_MAX, 10]);
  assert.equal((trace.events[0].detail as { attempt: number }).attempt, 11);
  recording.stop();
  source.dispatchEvent(new CustomEvent("bb84:step", { detail: stepDetail(2) }));
  assert.equal(recording.trace().dropped, 10);
});

test("a replay tells the events in their order, step by step, at once, and again", async () => {
  const replay = new TraceReplay(good());
  const told: string[] = [];
  replay.addEventListener(REPLAY_EVENT, (event) => told.push((event as CustomEvent<TraceEvent>).detail.name));
  replay.addEventListener(REPLAY_START, () => told.push("start"));
  replay.step();
  assert.deepEqual([told.length, replay.past.length, replay.ended], [1, 1, false]);
  replay.finish();
  replay.finish();
  assert.deepEqual(told, ["bb84:step", "bb84:aborted"]);
  replay.speed = 1000;
  const over = new Promise<void>((resolve) =>
    replay.addEventListener(REPLAY_EVENT, () => queueMicrotask(() => replay.ended && resolve())),
  );
  replay.play();
  await over;
  assert.deepEqual(told.slice(2), ["start", "bb84:step", "bb84:aborted"]);
  assert.equal(replay.playing, false);
});
