import { secureRandom } from "../../packages/sdk/src/crypto/random.js";
import { CASCADE_VARIANTS } from "../../packages/sdk/src/bb84/cascade/variants.js";
import type { CascadeOptions } from "../../packages/sdk/src/bb84/cascade/reconcile.js";
import {
  PUBLISHED_CASCADE,
  PUBLISHED_FAILURES,
  PUBLISHED_SMALLEST_FIRST,
} from "../../packages/sdk/src/testing/cascade-published.js";
import { cascadeMeans, type CascadeMeans } from "../../packages/sdk/src/testing/cascade-runs.js";
import { median, number, printTable, type Row } from "./harness.js";

const SIZES = [
  { length: 1000, runs: 1000 },
  { length: 10_000, runs: 200 },
];
const RATES = [0.01, 0.02, 0.03, 0.05, 0.08, 0.1];
const SMALLEST_FIRST = { length: 2 ** 14, runs: 50 };
const FAILURE_RUNS = 10_000;
const NONE = "–";

type Setting = Omit<CascadeOptions, "reference" | "noisy" | "random">;

/** Efficiency, rounds and speed of Cascade beside what was published; both sides in one process. */
export function benchCascade(): void {
  for (const { length, runs } of SIZES) benchVariants(length, runs);
  benchSmallestFirst();
  benchFailures();
}

function benchVariants(length: number, runs: number): void {
  const rows: Row[] = [];
  for (const variant of CASCADE_VARIANTS) {
    for (const qber of RATES) {
      const { means, speed } = measured(runs, { variant, length, qber });
      const published = PUBLISHED_CASCADE.find(
        (point) => point.variant === variant && point.length === length && point.qber === qber,
      );
      rows.push({
        variant,
        QBER: percent(qber),
        efficiency: number(means.efficiency, 4),
        published: published === undefined ? NONE : number(published.efficiency, 4),
        off: published === undefined ? NONE : number(means.efficiency - published.efficiency, 4),
        rounds: number(means.rounds, 1),
        "published rounds": published === undefined ? NONE : number(published.rounds, 1),
        "off %": published === undefined ? NONE : number(100 * (means.rounds / published.rounds - 1), 1),
        "runs with errors left": number(means.failures),
        "Mbit/s": number(speed, 1),
      });
    }
  }
  printTable(
    `Cascade, ${number(length)} bits, all odd blocks at once: means of ${number(runs)} runs with exactly n·QBER errors, median speed`,
    rows,
  );
}

function benchSmallestFirst(): void {
  const { length, runs } = SMALLEST_FIRST;
  const rows = PUBLISHED_SMALLEST_FIRST.map(({ qber, efficiency }) => {
    const { means, speed } = measured(runs, { variant: "option8", schedule: "smallest-first", length, qber });
    return {
      QBER: percent(qber),
      efficiency: number(means.efficiency, 4),
      published: number(efficiency, 3),
      rounds: number(means.rounds, 1),
      "Mbit/s": number(speed, 1),
    };
  });
  printTable(`Cascade, option8, ${number(length)} bits, the smallest odd block first: means of ${runs} runs`, rows);
}

function benchFailures(): void {
  const rows = PUBLISHED_FAILURES.map(({ qber, failures }) => {
    const { means } = measured(FAILURE_RUNS, { variant: "original", length: 1000, qber });
    return {
      QBER: percent(qber),
      "runs with errors left": `${number((100 * means.failures) / FAILURE_RUNS, 2)} %`,
      published: `${number(100 * failures, 2)} %`,
    };
  });
  printTable(`Cascade, original, 1,000 bits: ${number(FAILURE_RUNS)} runs`, rows);
}

/** Means, and the median speed in Mbit/s of sifted key. */
function measured(runs: number, setting: Setting): { readonly means: CascadeMeans; readonly speed: number } {
  const times: number[] = [];
  const means = cascadeMeans(runs, { ...setting, random: secureRandom }, (run) => {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  });
  return { means, speed: setting.length / 1000 / median(times) };
}

function percent(rate: number): string {
  return `${number(100 * rate)} %`;
}
