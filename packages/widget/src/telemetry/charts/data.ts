import type { EndedRun } from "../runs.js";
import { detectedOf } from "../channel/numbers.js";
import type { Run } from "../run.js";

/** One exchange on the chart of error rates. */
export interface RatePoint {
  /** Its number in the session, from 1. */
  readonly number: number;
  /** In percent, 0 … 100. */
  readonly percent: number;
  readonly keyed: boolean;
}

/** The error rate of each ended exchange that measured one. */
export function ratePoints(ended: readonly EndedRun[]): readonly RatePoint[] {
  return ended.flatMap(({ number, run: { qber, outcome } }) =>
    qber === null ? [] : [{ number, percent: qber * 100, keyed: outcome === "keyed" }],
  );
}

export type FunnelStage = "qubits" | "detected" | "sifted" | "reconciled" | "amplified";

/** How many bits are left at each stage; null where the run has not come to it. */
export function funnelOf(run: Run | null): readonly { readonly stage: FunnelStage; readonly bits: number | null }[] {
  const { qubits, matched, reconciled, secret } = run?.counts ?? {};
  return [
    { stage: "qubits", bits: qubits === undefined || qubits === 0 ? null : qubits },
    { stage: "detected", bits: run === null ? null : detectedOf(run) },
    { stage: "sifted", bits: matched ?? null },
    { stage: "reconciled", bits: reconciled ?? null },
    { stage: "amplified", bits: run?.outcome === "aborted" ? null : (secret ?? null) },
  ];
}

/** The top of the axis of error rates, in percent: a full intercept-resend fits, and the limit is never at the edge. */
export function rateCeiling(points: readonly RatePoint[]): number {
  return Math.max(30, ...points.map(({ percent }) => Math.ceil((percent + 2) / 5) * 5));
}
