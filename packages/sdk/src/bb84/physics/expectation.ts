import type { Bit } from "../bits.js";
import { onlyKnown } from "../options.js";
import { binaryEntropy } from "../secret-length.js";
import { BREIDBART, prepared, probabilityOfOne, type Axis } from "./bloch.js";
import type { Pulse, TransmissionOptions } from "./models.js";
import { arrivesAsOne, signalProbability } from "./probabilities.js";
import { physicalSettings, TRANSMISSION_OPTIONS, type PhysicalSettings } from "./settings.js";

/** What theory says of a transmission. Shares and rates are 0 … 1; a rate of bits that never come is 0. */
export interface Expectation {
  /** Share of the pulses that are detected, Q. */
  readonly gain: number;
  /** Share of the pulses that end as sifted bits. */
  readonly sifted: number;
  /** Error rate of the sifted bits. */
  readonly qber: number;
  /** The same of those sent in the rectilinear and in the diagonal basis. */
  readonly qberByBasis: readonly [number, number];
  /** Gain and error rate of each intensity of the source; empty for single photons. */
  readonly pulses: readonly { readonly gain: number; readonly qber: number }[];
  /** Zero without one. */
  readonly eavesdropper: {
    /** Share of the sifted bits that she knows for sure once the bases are public. */
    readonly known: number;
    /** Her information in bits for each sifted bit, 0 … 1. */
    readonly information: number;
  };
}

/**
 * The exact expectation of {@link transmit}, summed over all that can happen to a qubit; no randomness is drawn.
 * @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range
 */
export function expectation(options: TransmissionOptions): Expectation {
  onlyKnown("expectation", options, TRANSMISSION_OPTIONS);
  return expectationOf(physicalSettings(options));
}

/** One way that a sifted bit can go, with its probability as a share of all pulses. */
interface Path {
  readonly pulse: number;
  readonly basis: Bit;
  readonly probability: number;
  readonly wrong: number;
  /** How the eavesdropper stands to the bit: not at all, measured in its basis, the other one, or Breidbart's. */
  readonly eve: "none" | "same" | "other" | "breidbart";
  readonly evesBitIsRight: boolean;
}

export function expectationOf(settings: PhysicalSettings): Expectation {
  const paths = pathsOf(settings);
  const total = sum(paths, ({ probability }) => probability);
  const qberOf = (part: readonly Path[]) =>
    ratio(
      sum(part, ({ wrong }) => wrong),
      sum(part, ({ probability }) => probability),
    );
  const shares = sharesOf(settings);
  const gains = shares.map((_, i) => gainOf(settings, settings.pulses[i]));
  return {
    gain: gains.reduce((total, gain, i) => total + gain * shares[i], 0),
    sifted: total,
    qber: qberOf(paths),
    qberByBasis: [0, 1].map((basis) => qberOf(paths.filter((path) => path.basis === basis))) as [number, number],
    pulses: settings.pulses.map((_, i) => ({ gain: gains[i], qber: qberOf(paths.filter(({ pulse }) => pulse === i)) })),
    eavesdropper: knowledge(paths, total),
  };
}

/** Detected: by the signal, or by at least one of two dark counts. */
function gainOf(settings: PhysicalSettings, pulse: Pulse | undefined): number {
  const silent = (1 - settings.detector.darkCounts) ** 2;
  return 1 - (1 - signalProbability(settings, pulse)) * silent;
}

function pathsOf(settings: PhysicalSettings): Path[] {
  const paths: Path[] = [];
  sharesOf(settings).forEach((chosen, pulse) => {
    const signal = signalProbability(settings, settings.pulses[pulse]);
    const gain = gainOf(settings, settings.pulses[pulse]);
    for (const basis of [0, 1] as const) {
      const both = (basis === 1 ? settings.diagonal : 1 - settings.diagonal) ** 2;
      for (const bit of [0, 1] as const) {
        for (const { share, axis, resent, eve } of listenersOf(settings, basis, bit)) {
          const one = clicksAsOne(arrivesAsOne(settings, axis, resent, basis), signal, settings.detector.darkCounts);
          const weight = (chosen * both * share) / 2;
          const wrong = weight * (bit === 1 ? gain - one : one);
          paths.push({ pulse, basis, probability: weight * gain, wrong, eve, evesBitIsRight: resent === bit });
        }
      }
    }
  });
  return paths;
}

/** The probability that the detectors give the bit 1, with dark counts of probability d each and coins for double clicks. */
function clicksAsOne(one: number, signal: number, d: number): number {
  return signal * (one * (1 - d / 2) + (1 - one) * (d / 2)) + (1 - signal) * (d - d ** 2 / 2);
}

interface Listener {
  readonly share: number;
  readonly axis: Axis;
  readonly resent: Bit;
  readonly eve: Path["eve"];
}

/** What the eavesdropper may send on, and how often. */
function listenersOf({ eavesdropper }: PhysicalSettings, basis: Bit, bit: Bit): Listener[] {
  if (eavesdropper === null) return [{ share: 1, axis: basis, resent: bit, eve: "none" }];
  const { share, basis: choice } = eavesdropper;
  const axes: readonly Axis[] = { random: [0, 1] as const, rectilinear: [0] as const, breidbart: [BREIDBART] as const }[
    choice
  ];
  const heard = axes.flatMap((axis) => {
    const one = probabilityOfOne(prepared(basis, bit), axis);
    const eve = axis === BREIDBART ? "breidbart" : axis === basis ? "same" : "other";
    return ([0, 1] as const).map((resent): Listener => ({
      share: (share / axes.length) * (resent === 1 ? one : 1 - one),
      axis,
      resent,
      eve,
    }));
  });
  return [{ share: 1 - share, axis: basis, resent: bit, eve: "none" }, ...heard];
}

function knowledge(paths: readonly Path[], total: number): Expectation["eavesdropper"] {
  const part = (eve: Path["eve"]) => {
    const of = paths.filter((path) => path.eve === eve);
    const weight = sum(of, ({ probability }) => probability);
    const right = sum(of, ({ evesBitIsRight, probability }) => (evesBitIsRight ? probability : 0));
    return { share: ratio(weight, total), information: 1 - binaryEntropy(ratio(right, weight)) };
  };
  const information = (["same", "other", "breidbart"] as const).reduce((bits, eve) => {
    const { share, information } = part(eve);
    return bits + share * information;
  }, 0);
  return { known: part("same").share, information };
}

/** How often each intensity is sent; a source of single photons has one, without an entry in `pulses`. */
function sharesOf({ pulses }: PhysicalSettings): readonly number[] {
  return pulses.length === 0 ? [1] : pulses.map(({ probability }) => probability);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
