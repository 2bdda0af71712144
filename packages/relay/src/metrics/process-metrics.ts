import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { EVENT_LOOP_RESOLUTION } from "../limits.js";
import type { Metric } from "./exposition.js";

const QUANTILES = [0.5, 0.9, 0.99, 1] as const;

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
      this.#readDelay(),
      value(
        "qsec2_relay_event_loop_active_seconds_total",
        "counter",
        "Time that the event loop was busy.",
        loopActive(),
      ),
      value("process_resident_memory_bytes", "gauge", "Memory of the process.", memory.rss),
      value("nodejs_heap_used_bytes", "gauge", "Memory of JavaScript's objects.", memory.heapUsed),
      value("nodejs_external_memory_bytes", "gauge", "Memory of buffers, outside of the heap.", memory.external),
      value("process_cpu_seconds_total", "counter", "Time on a processor.", (cpu.user + cpu.system) / 1e6),
      value("process_start_time_seconds", "gauge", "Since 1970, when the process began.", performance.timeOrigin / 1e3),
    ];
  }

  /** May be called more than once. */
  close(): void {
    this.#delay.disable();
  }

  #readDelay(): Metric {
    const delay = this.#delay;
    const measured = delay.count > 0; // an empty histogram has no percentiles
    const samples = QUANTILES.map((quantile) => ({
      labels: { quantile: String(quantile) },
      value: measured ? lateBy(delay.percentile(100 * quantile)) : 0,
    }));
    delay.reset();
    const help = "How late timers were, since the last reading of this page; 0.99 is what 99 of 100 stayed below.";
    return { name: "qsec2_relay_event_loop_delay_seconds", type: "gauge", help, samples };
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
