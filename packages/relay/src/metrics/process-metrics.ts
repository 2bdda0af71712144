import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { EVENT_LOOP_RESOLUTION } from "../limits.js";
import type { Metric } from "./exposition.js";

/** A label `quantile` belongs to summaries alone, which last; these begin anew with each reading. */
const DELAYS: readonly (readonly [name: string, percentile: number, which: string])[] = [
  ["p50", 50, "the median timer"],
  ["p90", 90, "the latest of 90 of 100 timers"],
  ["p99", 99, "the latest of 99 of 100 timers"],
  ["max", 100, "the latest timer"],
];

/** How the process does. Measures from when it is made until it is closed. */
export class ProcessMetrics {
  readonly #delay = monitorEventLoopDelay({ resolution: EVENT_LOOP_RESOLUTION });

  constructor() {
    this.#delay.enable();
  }

  /** The delays are those since the last reading. */
  read(): readonly Metric[] {
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    return [
      ...this.#readDelay(),
      value(
        "qsec2_relay_event_loop_active_seconds_total",
        "counter",
        "Time that the event loop was busy.",
        loopActive(),
      ),
      value("process_resident_memory_bytes", "gauge", "Memory of the process.", memory.rss),
      value("nodejs_heap_size_used_bytes", "gauge", "Memory of JavaScript's objects.", memory.heapUsed),
      value("nodejs_external_memory_bytes", "gauge", "Memory of buffers, outside of the heap.", memory.external),
      value("process_cpu_seconds_total", "counter", "Time on a processor.", (cpu.user + cpu.system) / 1e6),
      value("process_start_time_seconds", "gauge", "Since 1970, when the process began.", performance.timeOrigin / 1e3),
    ];
  }

  /** May be called more than once. */
  close(): void {
    this.#delay.disable();
  }

  #readDelay(): readonly Metric[] {
    const delay = this.#delay;
    const measured = delay.count > 0; // an empty histogram has no percentiles
    const metrics = DELAYS.map(([name, percentile, which]) =>
      value(
        `qsec2_relay_event_loop_delay_${name}_seconds`,
        "gauge",
        `How late ${which} was, of those since the last reading of this page.`,
        measured ? lateBy(delay.percentile(percentile)) : 0,
      ),
    );
    delay.reset();
    return metrics;
  }
}

/** Node measures from one tick of its timer to the next, the interval included. Nanoseconds in, seconds out. */
function lateBy(nanoseconds: number): number {
  return Math.max(0, nanoseconds - EVENT_LOOP_RESOLUTION * 1e6) / 1e9;
}

function loopActive(): number {
  return performance.eventLoopUtilization().active / 1e3;
}

function value(name: string, type: Metric["type"], help: string, measured: number): Metric {
  return { name, type, help, samples: [{ value: measured }] };
}
