import assert from "node:assert/strict";
import { test } from "node:test";
import { abortedDetail, BOB, CAROL, keyedDetail, stepDetail } from "../testing/details.js";
import { aborted, ENDED_MAX, keyed, NO_RUNS, PEERS_MAX, present, stepped, type Runs } from "./runs.js";

const counts = { qubits: 4096, matched: 2050, sampled: 512, errors: 4 };

test("runs with several peers at once keep their numbers apart", () => {
  let runs = stepped(NO_RUNS, stepDetail(5, { counts, qber: 0.0078 }));
  runs = stepped(runs, stepDetail(5, { peer: CAROL, counts: { ...counts, errors: 90 }, qber: 0.176 }));
  runs = keyed(runs, keyedDetail({ qber: 0.0078, secret: 571 }));
  assert.equal(runs.current!.peer, BOB.name);
  assert.deepEqual(runs.current!.counts, { ...counts, secret: 571 });
  runs = aborted(runs, abortedDetail({ peer: CAROL, qber: 0.176 }));
  assert.deepEqual([runs.current!.peer, runs.current!.counts.errors], [CAROL.name, 90]);
});

test("each end of a run is counted, and the oldest are forgotten", () => {
  let runs: Runs = NO_RUNS;
  for (let attempt = 1; attempt <= ENDED_MAX + 5; attempt++) runs = aborted(runs, abortedDetail({ attempt }));
  assert.equal(runs.total, ENDED_MAX + 5);
  assert.equal(runs.ended.length, ENDED_MAX);
  assert.deepEqual([runs.ended[0].number, runs.ended.at(-1)!.number], [6, ENDED_MAX + 5]);
});

test("no more peers are remembered than a room holds", () => {
  let runs: Runs = NO_RUNS;
  for (let i = 0; i < PEERS_MAX * 3; i++) runs = stepped(runs, stepDetail(1, { peer: { id: `id-${i}`, name: "x" } }));
  assert.equal(runs.latest.size, PEERS_MAX);
  assert.equal(runs.current!.peerId, `id-${PEERS_MAX * 3 - 1}`);
});

test("who leaves takes the run without a key along, and the ended runs stay", () => {
  let runs = aborted(stepped(NO_RUNS, stepDetail(5)), abortedDetail());
  runs = present(runs, [CAROL]);
  assert.deepEqual([runs.current, runs.latest.size, runs.ended.length], [null, 0, 1]);
});
