/**
 * One process that makes events as a busy relay does and is asked how late its event loop is: with an audit log in the
 * folder that it is given, or without one. In: `{ log, seconds, rate }`. Out: a `LoopDelay`.
 */
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openAudit } from "../../packages/relay/dist/audit/open.js";
import { formatLine } from "../../packages/relay/dist/audit/tags.js";

export interface LoopRun {
  readonly log: boolean;
  readonly seconds: number;
  /** Events in a second. */
  readonly rate: number;
}

export interface LoopDelay {
  /** Milliseconds between ticks of a timer of 1 ms. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly events: number;
  readonly dropped: number;
  /** Of the most rows that have waited at once. */
  readonly waiting: number;
}

const audit = await openAudit(join(process.argv[2], "qsec2.db"), {
  onFailure: (error) => {
    throw error;
  },
});
audit.roomOpened("testroom", 2);

async function run({ log, seconds, rate }: LoopRun): Promise<LoopDelay> {
  const before = audit.stats.dropped;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let [events, waiting] = [0, 0];
  const start = performance.now();
  delay.enable();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - start;
      // What the clock says is due, so that a late loop has as many events as one in time.
      for (const due = Math.min(elapsed / 1000, seconds) * rate; events < due; events++) {
        const line = formatLine("MSG_RELAYED", { room: "testroom", sender: `user-${events % 64}` });
        if (log) audit.line("testroom", line);
      }
      waiting = Math.max(waiting, audit.stats.waiting);
      if (elapsed < seconds * 1000) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  delay.disable();
  await audit.flush();
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  return {
    ...{ p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
    ...{ events, dropped: audit.stats.dropped - before, waiting },
  };
}

process.on("message", (wanted: LoopRun) => void run(wanted).then((result) => process.send!(result)));
process.on("disconnect", () => process.exit());
process.send!("ready");
