import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoopDelay, LoopRun } from "./audit-loop.js";
import { median, number, printTable, type Row } from "./harness.js";

const ROUNDS = 8;
const SECONDS = 3;
const RATES = [5_000, 30_000];
const TARGET = 1.3;

/** How late the event loop is with the audit log on, beside the same events without it, in turn in one process. */
export async function benchAudit(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-bench-"));
  const script = fileURLToPath(new URL("audit-loop.ts", import.meta.url));
  const child = fork(script, [folder], { execArgv: ["--import=tsx"] });
  const ask = async (run: LoopRun): Promise<LoopDelay> => {
    const answer = once(child, "message");
    child.send(run);
    return ((await answer) as [LoopDelay])[0];
  };
  try {
    await once(child, "message");
    const rows: Row[] = [];
    for (const rate of RATES) rows.push(await benchRate(ask, rate));
    printTable(`Delay of the event loop in ms (a timer of 1 ms), medians of ${ROUNDS} rounds of ${SECONDS} s`, rows);
    console.log(
      `\nThe ratio is that of the p99 within a round, its median over the rounds; target: at most ${TARGET}.`,
    );
  } finally {
    // Not "close": with a channel that this side has closed it never comes.
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
    await rm(folder, { recursive: true });
  }
}

async function benchRate(ask: (run: LoopRun) => Promise<LoopDelay>, rate: number): Promise<Row> {
  const [on, off]: [LoopDelay[], LoopDelay[]] = [[], []];
  await ask({ log: true, seconds: 1, rate });
  for (let round = 0; round < ROUNDS; round++) {
    for (const log of round % 2 === 0 ? [true, false] : [false, true]) {
      (log ? on : off).push(await ask({ log, seconds: SECONDS, rate }));
    }
  }
  const middle = (runs: readonly LoopDelay[], what: keyof LoopDelay): string =>
    number(median(runs.map((run) => run[what])), 2);
  const sum = (what: "events" | "dropped"): number => on.reduce((total, run) => total + run[what], 0);
  return {
    "events/s": number(rate),
    ...{ "off: p50": middle(off, "p50"), p99: middle(off, "p99"), max: middle(off, "max") },
    ...{ "on: p50": middle(on, "p50"), "p99 ": middle(on, "p99"), "max ": middle(on, "max") },
    "p99 on / off": number(median(on.map(({ p99 }, round) => p99 / off[round].p99)), 2),
    "most waiting": number(Math.max(...on.map(({ waiting }) => waiting))),
    dropped: `${number(sum("dropped"))} of ${number(sum("events"))}`,
  };
}
