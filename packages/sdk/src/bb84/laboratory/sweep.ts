import { QsecError } from "../../wire/errors.js";
import type { Verdict } from "../estimation/verdict.js";
import type { Ledger } from "../ledger.js";
import { integerIn, onlyKnown } from "../options.js";
import { exchange } from "./exchange.js";
import { EXCHANGE_OPTIONS, exchangeSettings, type ExchangeOptions } from "./options.js";
import type { ExchangeResult } from "./result.js";

/** What a sweep can vary: the path of a number in {@link ExchangeOptions}. */
export const SWEEP_PARAMETERS = [
  "qubits",
  "diagonal",
  "channel.transmittance",
  "channel.depolarising",
  "channel.bitFlip",
  "channel.phaseFlip",
  "channel.damping",
  "channel.misalignment",
  "detector.efficiency",
  "detector.darkCounts",
  "eavesdropper.share",
  "estimation.sample",
] as const;
/** What a sweep changes from row to row. */
export type SweepParameter = (typeof SWEEP_PARAMETERS)[number];

export interface SweepOptions extends ExchangeOptions {
  /** Runs for each value, 1 … 10⁴. @default 1 */
  readonly runs?: number;
}

/** A quantity of all runs of a row together, and what theory says of it; shares and rates are 0 … 1. */
export interface Compared {
  /** What the runs gave. */
  readonly measured: number;
  /** What theory expects. */
  readonly expected: number;
}

/** One value of a sweep: what was counted in its runs, beside what theory expects. */
export interface SweepRow {
  /** Of the parameter that was swept. */
  readonly value: number;
  /** How many runs the row is of. */
  readonly runs: number;
  /** Share of the pulses that were detected. */
  readonly gain: Compared;
  /** Share of the pulses that were sifted. */
  readonly sifted: Compared;
  /** Errors of all sifted bits: p/4 for an eavesdropper on the share p, p/2 for depolarising by p. */
  readonly qber: Compared;
  /** Share of the sifted bits that the eavesdropper knows for sure: p/2 in random bases. */
  readonly known: Compared;
  /** Her information in bits for each sifted bit. */
  readonly information: Compared;
  /** How often the runs came to what. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Mean of the secret bits, 0 for runs without a key. */
  readonly secret: number;
  /** The ledger of each run. */
  readonly ledgers: readonly Ledger[];
}

/**
 * Runs {@link exchange} for each value of one parameter. The keys are thrown away; a `seed` makes the whole table
 * repeatable.
 *
 * @param values in the order of the rows, at least one
 * @throws QsecError `bad_option`, before the first run, for a parameter or a value that cannot be
 */
export function sweep(parameter: SweepParameter, values: readonly number[], options: SweepOptions): SweepRow[] {
  if (!SWEEP_PARAMETERS.includes(parameter))
    throw new QsecError("bad_option", `A sweep varies one of ${SWEEP_PARAMETERS.join(", ")}.`);
  if (!isListOfNumbers(values) || values.length === 0)
    throw new QsecError("bad_option", "The values of a sweep must be a list of at least one number.");
  onlyKnown("sweep", options, [...EXCHANGE_OPTIONS, "runs"]);
  const { runs: wanted = 1, ...fixed } = options;
  const runs = integerIn("runs", wanted, 1, 10_000);
  const settings = values.map((value) => withParameter(fixed, parameter, value));
  for (const setting of settings) exchangeSettings(setting);
  return settings.map((setting, i) => {
    const results = Array.from({ length: runs }, (_, run) => runOnce(setting, `${parameter} ${values[i]} ${run}`));
    return rowOf(values[i], results);
  });
}

function isListOfNumbers(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === "number");
}

function withParameter(options: ExchangeOptions, parameter: SweepParameter, value: number): ExchangeOptions {
  const [group, name] = parameter.split(".") as [keyof ExchangeOptions, string | undefined];
  return { ...options, [group]: name === undefined ? value : { ...(options[group] as object), [name]: value } };
}

function runOnce(options: ExchangeOptions, which: string): ExchangeResult {
  const result = exchange(options.seed === undefined ? options : { ...options, seed: `${options.seed} ${which}` });
  result.key?.fill(0);
  return result;
}

function rowOf(value: number, results: readonly ExchangeResult[]): SweepRow {
  const tallies = results.map(({ stats }) => stats.tally);
  const { expected } = results[0].stats;
  const total = (of: (tally: (typeof tallies)[number]) => number) => tallies.reduce((sum, tally) => sum + of(tally), 0);
  const sifted = total((tally) => tally.sifted);
  const compared = (part: number, whole: number, theory: number): Compared => ({
    measured: whole === 0 ? 0 : part / whole,
    expected: theory,
  });
  const sent = total((tally) => tally.sent);
  const information = total(({ sifted: bits, eavesdropper }) => bits * eavesdropper.information);
  const verdicts: Record<Verdict, number> = { key: 0, eavesdropper: 0, noisy: 0, mismatch: 0 };
  for (const { verdict } of results) verdicts[verdict]++;
  return {
    value,
    runs: results.length,
    gain: compared(
      total((tally) => tally.detected),
      sent,
      expected.gain,
    ),
    sifted: compared(sifted, sent, expected.sifted),
    qber: compared(
      total((tally) => tally.errors),
      sifted,
      expected.qber,
    ),
    known: compared(
      total(({ eavesdropper }) => eavesdropper.known),
      sifted,
      expected.eavesdropper.known,
    ),
    information: compared(information, sifted, expected.eavesdropper.information),
    verdicts,
    secret: results.reduce((sum, { ledger }) => sum + ledger.secret, 0) / results.length,
    ledgers: results.map(({ ledger }) => ledger),
  };
}
