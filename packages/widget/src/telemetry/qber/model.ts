import { QBER_LIMIT, type Run } from "../run.js";

/** The right end of the bar: a full intercept-resend gives 25 %, so 30 % leaves room to see it. */
const BAR_END = 0.3;

/** Place of an error rate (0 … 1) on the bar, 0 … 100. */
export function barPercent(qber: number): number {
  return Math.round((Math.min(Math.max(qber, 0), BAR_END) / BAR_END) * 1000) / 10;
}

export const LIMIT_PERCENT = barPercent(QBER_LIMIT);

export interface Statistic {
  readonly name: "qubits" | "matched" | "sampled" | "errors" | "leaked" | "secret";
  /** Null until the run has come that far. */
  readonly value: number | null;
}

/** The boxes of the panel, in the order of the funnel. */
export function statistics(run: Run | null): readonly Statistic[] {
  const counts = run?.counts;
  return [
    { name: "qubits", value: counts !== undefined && counts.qubits > 0 ? counts.qubits : null },
    { name: "matched", value: counts?.matched ?? null },
    { name: "sampled", value: counts?.sampled ?? null },
    { name: "errors", value: counts?.errors ?? null },
    { name: "leaked", value: counts?.leaked ?? null },
    { name: "secret", value: counts?.secret ?? null },
  ];
}

/** Secret bits for each qubit sent, 0 … 1; null where the run gave no key, or has not yet. */
export function keyRate(run: Run | null): number | null {
  if (run?.outcome !== "keyed" || run.counts.secret === undefined || run.counts.qubits === 0) return null;
  return run.counts.secret / run.counts.qubits;
}
