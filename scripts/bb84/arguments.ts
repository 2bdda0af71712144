import { QsecError } from "@qsec2/sdk/wire";
import {
  CASCADE_VARIANTS,
  cascadeMethod,
  golayMethod,
  ldpcMethod,
  type BoundMode,
  type EavesdropperModel,
  type ExchangeOptions,
  type ReconciliationMethod,
  type SweepParameter,
} from "@qsec2/sdk/bb84";
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";

export const USAGE = `npm run bb84 -- [options]

  --qubits N        pulses sent: 1 … 134217728; 65536 without it
  --noise E         error rate that the channel makes alone, by depolarising: 0 … 0.5; 0 without it (rooms use 0.01)
  --eve P           share of the qubits that an eavesdropper measures and sends on: 0 … 1; nobody listens without it
  --eve-basis B     random, rectilinear or breidbart; random without it
  --loss L          share of the photons that do not arrive: 0 … 1; 0 without it
  --dark D          probability of a dark count, of each detector and pulse: 0 … 1; 0 without it
  --diagonal P      probability of the diagonal basis on each side: 0 … 1; 0.5 without it
  --sample S        share of the sifted bits that are disclosed: 0.001 … 0.999; 0.25 without it
  --bound B         hypergeometric or serfling; hypergeometric without it
  --reconciliation  golay, ldpc, or a variant of Cascade: original, biconf, yanetal, option3, option4, option7 or
                    option8; option3 without it
  --minimum N       secret bits below which there is no key: 1 … 1000000; 256 without it
  --seed TEXT       makes the run repeatable
  --sweep NAME=A,B  a table with a row for each value of qubits, noise, eve, loss, dark, diagonal or sample
  --runs N          with --sweep, runs for each row: 1 … 10000; 1 without it`;

/** How the values of an option become those of a parameter. */
const SWEPT: Readonly<Record<string, { parameter: SweepParameter; valueOf: (value: number) => number }>> = {
  qubits: { parameter: "qubits", valueOf: (value) => value },
  noise: { parameter: "channel.depolarising", valueOf: depolarisingOf },
  eve: { parameter: "eavesdropper.share", valueOf: (value) => value },
  loss: { parameter: "channel.transmittance", valueOf: transmittanceOf },
  dark: { parameter: "detector.darkCounts", valueOf: (value) => value },
  diagonal: { parameter: "diagonal", valueOf: (value) => value },
  sample: { parameter: "estimation.sample", valueOf: (value) => value },
};

/** What the engine calls an option, and the flag that it comes from. */
const FLAGS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(SWEPT).map(([flag, { parameter }]) => [parameter, flag])),
  "eavesdropper.basis": "eve-basis",
  "estimation.bound": "bound",
  minimumSecret: "minimum",
  runs: "runs",
};

/** What the engine says of its options, in the words of the command line. */
export function inFlags(message: string): string {
  return message.replace(/'([\w.]+)'/g, (quoted, name: string) => (name in FLAGS ? `--${FLAGS[name]}` : quoted));
}

export interface Arguments {
  readonly help: boolean;
  readonly options: ExchangeOptions;
  readonly runs: number;
  /** Null for a single run. */
  readonly swept: {
    readonly name: string;
    readonly values: readonly number[];
    readonly parameter: SweepParameter;
    readonly valueOf: (value: number) => number;
  } | null;
}

/**
 * What the command line asks for. Ranges are left to the engine, except those that a conversion would hide.
 * @throws QsecError `bad_option`, or an error of `parseArgs`
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      qubits: { type: "string", default: "65536" },
      noise: { type: "string", default: "0" },
      eve: { type: "string" },
      "eve-basis": { type: "string" },
      loss: { type: "string", default: "0" },
      dark: { type: "string", default: "0" },
      diagonal: { type: "string", default: "0.5" },
      sample: { type: "string", default: "0.25" },
      bound: { type: "string" },
      minimum: { type: "string", default: "256" },
      reconciliation: { type: "string", default: "option3" },
      seed: { type: "string", default: randomUUID() },
      sweep: { type: "string" },
      runs: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const listens = values.eve !== undefined || values["eve-basis"] !== undefined || values.sweep?.startsWith("eve=");
  if (values.runs !== undefined && values.sweep === undefined)
    throw new QsecError("bad_option", "--runs is for a table: say what --sweep is to vary, as in --sweep eve=0,0.5,1.");
  return {
    help: values.help,
    runs: numberOf("runs", values.runs ?? "1"),
    swept: values.sweep === undefined ? null : readSweep(values.sweep),
    options: {
      qubits: numberOf("qubits", values.qubits),
      diagonal: numberOf("diagonal", values.diagonal),
      channel: {
        depolarising: depolarisingOf(numberOf("noise", values.noise)),
        transmittance: transmittanceOf(numberOf("loss", values.loss)),
      },
      detector: { darkCounts: numberOf("dark", values.dark) },
      ...(listens && {
        eavesdropper: {
          share: numberOf("eve", values.eve ?? "1"),
          basis: values["eve-basis"] as EavesdropperModel["basis"],
        },
      }),
      estimation: { sample: numberOf("sample", values.sample), bound: values.bound as BoundMode | undefined },
      reconciliation: methodNamed(values.reconciliation),
      minimumSecret: numberOf("minimum", values.minimum),
      seed: values.seed,
    },
  };
}

function methodNamed(name: string): ReconciliationMethod {
  if (name === "golay") return golayMethod;
  if (name === "ldpc") return ldpcMethod;
  const variant = CASCADE_VARIANTS.find((known) => known === name);
  if (variant === undefined)
    throw new QsecError("bad_option", `--reconciliation is golay, ldpc, ${CASCADE_VARIANTS.join(", ")}.`);
  return cascadeMethod({ variant });
}

function readSweep(text: string): Arguments["swept"] {
  const [name, list = ""] = text.split("=", 2);
  if (!Object.hasOwn(SWEPT, name))
    throw new QsecError(
      "bad_option",
      `--sweep varies one of ${Object.keys(SWEPT).join(", ")}, as in --sweep eve=0,0.5,1.`,
    );
  const values = list.split(",").map((value) => numberOf("sweep", value));
  return { name, values, ...SWEPT[name] };
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value))
    throw new QsecError("bad_option", `--${name} needs a number, not "${text}".`);
  return value;
}

/** Depolarising by p makes p/2 errors. */
function depolarisingOf(noise: number): number {
  if (!(noise >= 0 && noise <= 0.5)) throw new QsecError("bad_option", "--noise must be a number from 0 to 0.5.");
  return 2 * noise;
}

function transmittanceOf(loss: number): number {
  if (!(loss >= 0 && loss <= 1)) throw new QsecError("bad_option", "--loss must be a number from 0 to 1.");
  return 1 - loss;
}
