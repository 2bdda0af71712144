import type { DisclosedQubit } from "@qsec2/sdk";
import { exchange, sweep, traceQubits, type Compared, type ExchangeReport, type Verdict } from "@qsec2/sdk/bb84";
import type { StepDetail } from "../source.js";
import type { Trace, TraceEvent } from "../trace/trace.js";
import { exchangeOptions, type LabSettings } from "./settings.js";

/** A run of the laboratory: what the engine has counted, and the same as events for the panels. */
export interface Experiment extends ExchangeReport {
  readonly verdict: Verdict;
  readonly trace: Trace;
}

/** Qubits that are followed one by one for the pictures: the first ones. */
const FOLLOWED = 128;

/** Runs the engine once, from the source to the key. The key is thrown away. */
export function runExperiment(settings: LabSettings, attempt = 1): Experiment {
  const { verdict, key, ledger, stats } = exchange(exchangeOptions(settings));
  key?.fill(0);
  const report = { ledger, stats };
  return { ...report, verdict, trace: traceOf(settings, verdict, report, attempt) };
}

const PEER = { id: "laboratory", name: "Bob" } as const;
const STEPS = ["generate", "send", "measure", "bases", "sift", "derive"] as const;
const CODES = { eavesdropper: "QBER", noisy: "INSUFFICIENT", mismatch: "RECONCILE" } as const;

/** From one step to the next, ms. */
const BETWEEN = 450;
/** In place of a fingerprint: there is no session that it could name. */
const NO_SESSION = "—";

function traceOf(settings: LabSettings, verdict: Verdict, { ledger, stats }: ExchangeReport, attempt: number): Trace {
  const { tally, estimate, reconciliation } = stats;
  const eve = settings.strategy === "none" ? 0 : settings.share;
  const head = { peer: PEER, direction: "initiator", attempt, profile: settings.method } as const;
  const estimated = { matched: tally.sifted, sampled: estimate.sampled, errors: estimate.errors };
  const derived =
    reconciliation === null
      ? {}
      : { reconciled: reconciliation.reconciled, leaked: reconciliation.leaked, secret: ledger.secret };
  const last = reconciliation === null ? 5 : 6;
  const steps = STEPS.slice(0, last).map((name, i): StepDetail => {
    const step = (i + 1) as StepDetail["step"];
    const counts = {
      qubits: tally.sent,
      ...(step >= 3 ? { detected: tally.detected } : {}),
      ...(step >= 4 ? { matched: tally.sifted } : {}),
      ...(step >= 5 ? estimated : {}),
      ...(step === 6 ? derived : {}),
    };
    const channel = step >= 3 ? { noise: settings.noise, eve } : {};
    const rate = step >= 5 ? { qber: estimate.qber } : {};
    return { ...head, step, name, counts, ...channel, ...rate, ...(step === 5 ? { qubits: followed(settings) } : {}) };
  });
  const { qber } = estimate;
  const end: TraceEvent =
    verdict === "key"
      ? {
          ...{ at: last * BETWEEN, name: "bb84:keyed" },
          detail: { ...pick(head), fingerprint: NO_SESSION, qber, secret: ledger.secret, eve, qkd: false },
        }
      : {
          ...{ at: last * BETWEEN, name: "bb84:aborted" },
          detail: {
            ...pick(head),
            attempt,
            code: CODES[verdict],
            message: "",
            qber,
            eve,
            willRetry: false,
            local: true,
          },
        };
  const events = steps.map((detail, i): TraceEvent => ({ at: i * BETWEEN, name: "bb84:step", detail }));
  return { format: "qsec2-trace", version: 1, dropped: 0, events: [...events, end] };
}

function pick({ peer, direction }: Pick<StepDetail, "peer" | "direction">): Pick<StepDetail, "peer" | "direction"> {
  return { peer, direction };
}

/** The first qubits that were detected, by their states: the same ones as in the run, as both follow one seed. */
function followed(settings: LabSettings): readonly DisclosedQubit[] {
  const { qubits, channel, eavesdropper, seed } = exchangeOptions(settings);
  const watched = traceQubits({
    qubits: Math.min(qubits, FOLLOWED),
    ...(channel === undefined ? {} : { channel }),
    ...(eavesdropper === undefined ? {} : { eavesdropper }),
    ...(seed === undefined ? {} : { seed }),
  });
  return watched.flatMap(({ index, prepared, measured }) =>
    measured.bit === null
      ? []
      : [
          {
            index,
            sent: { basis: prepared.basis, bit: prepared.bit },
            measured: { basis: measured.basis, bit: measured.bit },
          },
        ],
  );
}

/** What a sweep varies. */
export const SWEEPS = ["share", "noise"] as const;
export type SweepName = (typeof SWEEPS)[number];

/** One point of a sweep. */
export interface SweepPoint {
  /** The share of the eavesdropper, or the noise of the channel. */
  readonly value: number;
  readonly qber: Compared;
  /** Share of the runs that gave a key. */
  readonly keys: number;
  /** Mean of the secret bits. */
  readonly secret: number;
}

/** Pulses that a point of a sweep is made of, if one run has no more. */
const SWEEP_PULSES = 49_152;

/** Runs for each point: the fewer the longer they are, so that a point is as exact, and takes as long, whatever is set. */
export function sweepRuns({ qubits }: LabSettings): number {
  return Math.max(1, Math.round(SWEEP_PULSES / qubits));
}

/** The values of a sweep. */
export function sweepValues(name: SweepName): readonly number[] {
  const [steps, end] = name === "share" ? [11, 1] : [13, 0.12];
  return Array.from({ length: steps }, (_, i) => Math.round((i / (steps - 1)) * end * 1e6) / 1e6);
}

/**
 * The same as one call of the engine's `sweep()` with all values, point by point: between two of them the page can do what it has to do.
 * @returns false when it was stopped
 */
export async function sweepInSlices(
  settings: LabSettings,
  name: SweepName,
  onPoint: (point: SweepPoint) => void,
  signal: AbortSignal,
): Promise<boolean> {
  for (const value of sweepValues(name)) {
    await nextTask();
    if (signal.aborted) return false;
    onPoint(sweepPoint(settings, name, value));
  }
  return true;
}

export function sweepPoint(settings: LabSettings, name: SweepName, value: number): SweepPoint {
  // Nobody listens is the share 0 of somebody who does.
  const strategy = settings.strategy === "none" && name === "share" ? "random" : settings.strategy;
  const options = { ...exchangeOptions({ ...settings, strategy }), runs: sweepRuns(settings) };
  const [row] =
    name === "share"
      ? sweep("eavesdropper.share", [value], options)
      : sweep("channel.depolarising", [2 * value], options);
  return { value, qber: row.qber, keys: row.verdicts.key / row.runs, secret: row.secret };
}

/** After whatever the browser has to do now. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
