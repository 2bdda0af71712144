import assert from "node:assert/strict";
import { test } from "node:test";
import { exchange } from "@qsec2/sdk/bb84";
import { abortedDetail, keyedDetail, stepDetail } from "../../testing/details.js";
import { onAborted, onKeyed, onStep, type Run } from "../run.js";
import { accountOf, accountOfLedger, segmentsOf, type Account } from "./ledger.js";

const sum = ({ shares }: Account): number => shares.reduce((total, { bits }) => total + bits, 0);
const sharesOf = (run: Run | null): Record<string, number> =>
  Object.fromEntries(accountOf(run)!.shares.map(({ name, bits }) => [name, bits]));

const counts = { qubits: 4096, matched: 2050, sampled: 512, errors: 4 };
const derived = { ...counts, reconciled: 1512, leaked: 756, secret: 571 };

test("until the bases are compared, all qubits are undecided", () => {
  assert.deepEqual(sharesOf(onStep(null, stepDetail(1))), { open: 4096 });
  assert.equal(accountOf(null), null);
});

test("a run with a key says where every qubit went", () => {
  const run = onKeyed(onStep(null, stepDetail(6, { counts: derived })), keyedDetail());
  assert.deepEqual(sharesOf(run), {
    unmatched: 2046,
    sample: 512,
    dropped: 26,
    leaked: 756,
    amplified: 185,
    secret: 571,
  });
  assert.deepEqual([sum(accountOf(run)!), accountOf(run)!.sifted, accountOf(run)!.raw], [4096, 2050, 1538]);
});

test("an aborted run has no secret share, and gives up what is left", () => {
  const run = onAborted(onStep(null, stepDetail(5, { counts })), abortedDetail());
  assert.deepEqual(sharesOf(run), { unmatched: 2046, sample: 512, abandoned: 1538 });
});

test("numbers that contradict each other never make a share below zero or a bar that is too long", () => {
  const run = onStep(null, stepDetail(6, { counts: { ...derived, matched: 9000, sampled: 8000, leaked: 5000 } }));
  const account = accountOf(run)!;
  assert.equal(sum(account), 4096);
  assert.ok(account.shares.every(({ bits }) => bits > 0));
});

for (const [what, options] of [
  ["gives a key", { qubits: 16_384, channel: { depolarising: 0.02, transmittance: 0.8 } }],
  ["has an eavesdropper", { qubits: 4096, eavesdropper: { share: 1 } }],
  ["is too short for its noise", { qubits: 2048, channel: { depolarising: 0.1 } }],
] as const) {
  test(`the account of a laboratory run that ${what} is that of the engine's ledger`, () => {
    const { ledger, stats } = exchange({ ...options, seed: "ledger" });
    const account = accountOfLedger(ledger);
    assert.equal(sum(account), stats.tally.sent);
    assert.equal(account.sifted, stats.tally.sifted);
    assert.equal(account.shares.find(({ name }) => name === "secret")?.bits ?? 0, ledger.secret);
    assert.equal(account.raw, stats.tally.sifted - stats.estimate.sampled);
  });
}

test("the segments fill the bar without a gap, and none of them is too small to be seen", () => {
  const account = accountOf(onStep(null, stepDetail(6, { counts: { ...derived, sampled: 1 } })))!;
  const segments = segmentsOf(account);
  let end = 0;
  for (const { start, length } of segments) {
    assert.ok(Math.abs(start - end) < 1e-9);
    assert.ok(length > 1);
    end = start + length;
  }
  assert.ok(Math.abs(end - 100) < 1e-9);
});
