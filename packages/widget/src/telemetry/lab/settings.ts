import { QsecError } from "@qsec2/sdk";
import { cascadeMethod, golayMethod, ldpcMethod, type ExchangeOptions } from "@qsec2/sdk/bb84";

/** How errors are corrected. */
export const METHODS = ["cascade", "ldpc", "golay"] as const;
/** The bases in which the eavesdropper measures; `none`: nobody listens. */
export const STRATEGIES = ["none", "random", "rectilinear", "breidbart"] as const;
export const QUBITS = [1_024, 4_096, 16_384, 65_536] as const;

/** What a person can set in the channel laboratory. With a seed the run is the same each time. */
export interface LabSettings {
  /** Pulses sent, 64 … 65,536. */
  readonly qubits: number;
  /** Probability that a photon does not arrive, 0 … 0.99. */
  readonly loss: number;
  /** Error rate of the channel alone, 0 … 0.25. */
  readonly noise: number;
  /** Who listens, and in which basis she measures. */
  readonly strategy: (typeof STRATEGIES)[number];
  /** Share of the qubits that the eavesdropper takes, 0 … 1. */
  readonly share: number;
  /** How errors are corrected. */
  readonly method: (typeof METHODS)[number];
  /** 1 … 64 letters, digits and hyphens. */
  readonly seed: string;
}

export const DEFAULT_SETTINGS: LabSettings = {
  qubits: 16_384,
  loss: 0,
  noise: 0.01,
  strategy: "none",
  share: 1,
  method: "cascade",
  seed: "qsec2",
};

const RECONCILIATION = { cascade: cascadeMethod(), ldpc: ldpcMethod, golay: golayMethod } as const;

/** The same for the engine. Depolarising by p makes p/2 errors. */
export function exchangeOptions({ qubits, loss, noise, strategy, share, method, seed }: LabSettings): ExchangeOptions {
  return {
    qubits,
    channel: { transmittance: 1 - loss, depolarising: 2 * noise },
    ...(strategy === "none" ? {} : { eavesdropper: { basis: strategy, share } }),
    reconciliation: RECONCILIATION[method],
    seed,
  };
}

/** What the fragment of a link to the laboratory begins with. */
const MARK = "lab&";

/** The settings as the fragment of a link, without its `#`: servers never see it. */
export function fragmentOf(settings: LabSettings): string {
  const pairs = Object.entries(settings).map(([name, value]) => [name, String(value)]);
  return MARK + new URLSearchParams(pairs).toString();
}

/**
 * The settings in a fragment, with or without its `#`; null for one that is not a laboratory's. What is not named has its default.
 * @throws QsecError `bad_option`, with the name and what it may be, for a setting that is unknown or out of range
 */
export function settingsOf(fragment: string): LabSettings | null {
  const text = fragment.replace(/^#/, "");
  if (!text.startsWith(MARK)) return null;
  const given: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text.slice(MARK.length)))
    given[name] = ["qubits", "loss", "noise", "share"].includes(name) ? numberOf(value) : value;
  return checkSettings(given);
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?(e-\d+)?$/.test(text) ? Number(text) : NaN;
}

/** @throws QsecError `bad_option` */
export function checkSettings(given: Readonly<Record<string, unknown>>): LabSettings {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(DEFAULT_SETTINGS, name));
  if (unknown !== undefined) throw new QsecError("bad_option", `The laboratory has no setting '${unknown}'.`);
  const all = { ...DEFAULT_SETTINGS, ...given } as Record<keyof LabSettings, unknown>;
  const number = (name: "loss" | "noise" | "share", high: number): number => {
    const value = all[name];
    if (typeof value === "number" && value >= 0 && value <= high) return value;
    throw new QsecError("bad_option", `'${name}' must be a number from 0 to ${high}.`);
  };
  const one = <T extends string>(name: "strategy" | "method", known: readonly T[]): T => {
    const found = known.find((value) => value === all[name]);
    if (found !== undefined) return found;
    throw new QsecError("bad_option", `'${name}' must be one of ${known.join(", ")}.`);
  };
  const { qubits, seed } = all;
  if (typeof qubits !== "number" || !Number.isInteger(qubits) || qubits < 64 || qubits > 65_536)
    throw new QsecError("bad_option", "'qubits' must be a whole number from 64 to 65,536.");
  if (typeof seed !== "string" || !/^[A-Za-z0-9-]{1,64}$/.test(seed))
    throw new QsecError("bad_option", "'seed' must be 1 to 64 letters, digits and hyphens.");
  return {
    qubits,
    loss: number("loss", 0.99),
    noise: number("noise", 0.25),
    strategy: one("strategy", STRATEGIES),
    share: number("share", 1),
    method: one("method", METHODS),
    seed,
  };
}
