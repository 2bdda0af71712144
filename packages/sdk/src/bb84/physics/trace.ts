import type { Bit } from "../bits.js";
import { onlyKnown } from "../options.js";
import { randomnessOf } from "../randomness/sources.js";
import { WordStream } from "../randomness/word-stream.js";
import { BREIDBART, prepared, probabilityOfOne, type Axis, type Bloch } from "./bloch.js";
import { LaneDraws } from "./lane-draws.js";
import type { TransmissionOptions } from "./models.js";
import { arriving, pulseProbabilities, signalProbability } from "./probabilities.js";
import { physicalSettings, TRANSMISSION_OPTIONS, type PhysicalSettings } from "./settings.js";
import { LANES } from "./words.js";

/** One pulse from the source to the detector, with its state at each station. */
export interface QubitTrace {
  /** Place in the run, from 0. */
  readonly index: number;
  /** What the sender chose, and the state that it made. */
  readonly prepared: { readonly basis: Bit; readonly bit: Bit; readonly state: Bloch };
  /** Which of `source.pulses` it was; null for a single photon. */
  readonly pulse: number | null;
  /** What the eavesdropper measured, and the state that she sent on; null where she left it alone. */
  readonly intercepted: { readonly basis: Axis; readonly bit: Bit; readonly state: Bloch } | null;
  /** The state at the receiver's axes, after the channel. */
  readonly arriving: Bloch;
  /** What came out at the receiver. */
  readonly measured: {
    /** The basis that the receiver chose. */
    readonly basis: Bit;
    /** Null where neither detector clicked. */
    readonly bit: Bit | null;
    /** Whether there was a signal, and not only dark counts. */
    readonly signal: boolean;
    /** Which detector clicked. */
    readonly clicks: { readonly zero: boolean; readonly one: boolean };
    /** Born's rule for the state in this basis: the probability of a 1. */
    readonly probabilityOfOne: number;
  };
}

/**
 * Follows every qubit of a run by its state, exactly: for the picture of a run, and to check {@link transmit}, with which it
 * agrees on the same seed in every bit. Some hundred times slower than that.
 *
 * @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range
 */
export function traceQubits(options: TransmissionOptions): QubitTrace[] {
  onlyKnown("traceQubits", options, TRANSMISSION_OPTIONS);
  const settings = physicalSettings(options);
  const stream = new WordStream(randomnessOf(options));
  const draws = new LaneDraws(stream);
  const out: QubitTrace[] = [];
  try {
    for (let first = 0; first < settings.qubits; first += LANES)
      out.push(...traceGroup(settings, first, Math.min(LANES, settings.qubits - first), draws));
    return out;
  } finally {
    stream.wipe();
  }
}

/** At most 32 qubits, station by station. The stations draw in the order that `transmission.ts` says. */
function traceGroup(settings: PhysicalSettings, first: number, count: number, draws: LaneDraws): QubitTrace[] {
  const { channel, detector, diagonal, pulses, eavesdropper: eve } = settings;
  const lanes = Array.from({ length: count }, (_, lane) => lane);
  const all = (probability: number) => draws.decide(lanes.map(() => probability));

  const bases = all(diagonal);
  const bits = all(0.5);
  const pulse = pulses.length === 0 ? null : choosePulses(settings, lanes, draws);
  const sent = lanes.map((lane) => prepared(bases[lane], bits[lane]));

  const taken = eve === null ? lanes.map((): Bit => 0) : all(eve.share);
  const evesAxes = eve === null ? [] : axesOf(eve.basis, taken, draws);
  const evesBits =
    eve === null
      ? []
      : draws.decide(lanes.map((lane) => (taken[lane] ? probabilityOfOne(sent[lane], evesAxes[lane]) : null)));
  const intercepted = lanes.map((lane) =>
    taken[lane]
      ? { basis: evesAxes[lane], bit: evesBits[lane], state: prepared(evesAxes[lane], evesBits[lane]) }
      : null,
  );

  const axes = all(diagonal);
  const arrived = lanes.map((lane) => arriving(intercepted[lane]?.state ?? sent[lane], channel));
  const born = lanes.map((lane) => probabilityOfOne(arrived[lane], axes[lane]));
  const signal = draws.decide(
    lanes.map((lane) => signalProbability(settings, pulse === null ? undefined : pulses[pulse[lane]])),
  );
  const seenIn = (breidbart: boolean) =>
    draws.decide(
      lanes.map((lane) => (signal[lane] && (intercepted[lane]?.basis === BREIDBART) === breidbart ? born[lane] : null)),
    );
  const [inTheirBases, inBreidbart] = [seenIn(false), seenIn(true)];
  const one = lanes.map((lane) => inTheirBases[lane] === 1 || inBreidbart[lane] === 1);
  const [dark0, dark1] = [all(detector.darkCounts), all(detector.darkCounts)];
  const clicks = lanes.map((lane) => ({
    zero: (signal[lane] === 1 && !one[lane]) || dark0[lane] === 1,
    one: one[lane] || dark1[lane] === 1,
  }));
  const coins = draws.decide(clicks.map(({ zero, one }) => (zero && one ? 0.5 : null)));
  return lanes.map((lane) => ({
    index: first + lane,
    prepared: { basis: bases[lane], bit: bits[lane], state: sent[lane] },
    pulse: pulse?.[lane] ?? null,
    intercepted: intercepted[lane],
    arriving: arrived[lane],
    measured: {
      basis: axes[lane],
      bit: bitOfClicks(clicks[lane], coins[lane]),
      signal: signal[lane] === 1,
      clicks: clicks[lane],
      probabilityOfOne: born[lane],
    },
  }));
}

function choosePulses(settings: PhysicalSettings, lanes: readonly number[], draws: LaneDraws): number[] {
  const { high, low } = pulseProbabilities(settings);
  const upper = draws.decide(lanes.map(() => high));
  const lower = draws.decide(lanes.map((lane) => low(upper[lane])));
  return lanes.map((lane) => 2 * upper[lane] + lower[lane]);
}

function axesOf(basis: "random" | "rectilinear" | "breidbart", taken: readonly Bit[], draws: LaneDraws): Axis[] {
  if (basis === "breidbart") return taken.map(() => BREIDBART);
  return draws.decide(taken.map((isTaken) => (isTaken ? (basis === "random" ? 0.5 : 0) : null)));
}

function bitOfClicks({ zero, one }: { readonly zero: boolean; readonly one: boolean }, coin: Bit): Bit | null {
  if (zero && one) return coin;
  return zero ? 0 : one ? 1 : null;
}
