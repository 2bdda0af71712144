import { onlyKnown } from "../options.js";
import { randomnessOf } from "../randomness/sources.js";
import { WordStream } from "../randomness/word-stream.js";
import { BREIDBART, prepared, probabilityOfOne } from "./bloch.js";
import { ConditionalDecision, Decision } from "./decisions.js";
import type { TransmissionOptions } from "./models.js";
import { arrivesAsOne, pulseProbabilities, signalProbability } from "./probabilities.js";
import { physicalSettings, TRANSMISSION_OPTIONS, type PhysicalSettings } from "./settings.js";
import { usedLanes, wordsFor } from "./words.js";

/**
 * What came of N pulses, as bit strings of N bits in words (`words.ts`): qubit i is bit 31 − (i mod 32) of word ⌊i / 32⌋.
 * Bases are 0 rectilinear, 1 diagonal.
 */
export interface Transmission {
  /** N, the pulses sent. */
  readonly qubits: number;
  /** With what it was run. */
  readonly settings: PhysicalSettings;
  /** The sender's side. */
  readonly sent: {
    /** Bases in which the bits were sent. */
    readonly bases: Uint32Array;
    /** Bits that were sent. */
    readonly bits: Uint32Array;
    /** Which of `source.pulses` was sent, as two bits, high and low; null for single photons. */
    readonly pulses: readonly [Uint32Array, Uint32Array] | null;
  };
  /** The receiver's side. */
  readonly measured: {
    /** Bases in which was measured. */
    readonly bases: Uint32Array;
    /** Zero where nothing was detected. */
    readonly bits: Uint32Array;
    /** Ones where a detector clicked. */
    readonly detected: Uint32Array;
    /** Both detectors clicked, and the bit is a coin. */
    readonly doubleClicks: Uint32Array;
  };
  /** What the eavesdropper did; null without one. */
  readonly eavesdropper: {
    /** Ones where she measured. */
    readonly intercepted: Uint32Array;
    /** Zero for one who measures in the Breidbart basis. */
    readonly bases: Uint32Array;
    /** What she saw. */
    readonly bits: Uint32Array;
  } | null;
}

/**
 * Sends N pulses from the source through the eavesdropper and the channel to the detector, 32 at a time. With the same
 * seed {@link traceQubits} shows the same qubits one by one, and a longer run begins with the qubits of a shorter one.
 *
 * @throws QsecError `bad_option`, with the name and the range, for an option that is unknown or out of range
 */
export function transmit(options: TransmissionOptions): Transmission {
  onlyKnown("transmit", options, TRANSMISSION_OPTIONS);
  const stream = new WordStream(randomnessOf(options));
  try {
    return transmitWith(physicalSettings(options), stream);
  } finally {
    stream.wipe();
  }
}

/** {@link transmit} with settings that were checked; the caller wipes the stream. */
export function transmitWith(settings: PhysicalSettings, stream: WordStream): Transmission {
  const out = emptyTransmission(settings);
  try {
    fill(out, stream);
    return out;
  } catch (error) {
    wipeTransmission(out);
    throw error;
  }
}

/**
 * The order of the draws for 32 qubits: basis, bit and intensity of the source; interception, basis and bit of the
 * eavesdropper; basis of the receiver, arrival, bit of the signal (of lanes in the Breidbart basis after the others), dark
 * counts of the detectors 0 and 1, and the coin of a double click.
 */
function fill({ qubits, settings, sent, measured, eavesdropper }: Transmission, stream: WordStream): void {
  const eve = settings.eavesdropper;
  const chooseDiagonal = new Decision(settings.diagonal);
  const coin = new Decision(0.5);
  const intercept = new Decision(eve?.share ?? 0);
  const inBreidbart = eve?.basis === "breidbart";
  const chooseEve = new Decision(eve?.basis === "random" ? 0.5 : 0);
  const seenByEve = new ConditionalDecision((basis, bit, axis) =>
    probabilityOfOne(prepared(basis, bit), inBreidbart ? BREIDBART : axis),
  );
  const pulse = pulseDecisions(settings);
  const arrive = new ConditionalDecision((high, low) => signalProbability(settings, settings.pulses[2 * high + low]));
  const seen = new ConditionalDecision((basis, bit, axis) => arrivesAsOne(settings, basis, bit, axis));
  const seenBreidbart = new ConditionalDecision((_, bit, axis) => arrivesAsOne(settings, BREIDBART, bit, axis));
  const dark = new Decision(settings.detector.darkCounts);

  for (let w = 0; w < measured.bits.length; w++) {
    const lanes = usedLanes(qubits, w);
    let basis = chooseDiagonal.draw(lanes, stream);
    let bit = coin.draw(lanes, stream);
    sent.bases[w] = basis;
    sent.bits[w] = bit;
    let high = 0;
    let low = 0;
    if (sent.pulses !== null) {
      sent.pulses[0][w] = high = pulse.high.draw(lanes, stream);
      sent.pulses[1][w] = low = pulse.low.draw(lanes, high, 0, 0, stream);
    }
    let breidbart = 0;
    if (eavesdropper !== null) {
      const taken = intercept.draw(lanes, stream);
      const axis = chooseEve.draw(taken, stream);
      const read = seenByEve.draw(taken, basis, bit, axis, stream);
      eavesdropper.intercepted[w] = taken;
      eavesdropper.bases[w] = axis;
      eavesdropper.bits[w] = read;
      if (inBreidbart) breidbart = taken;
      basis = (basis & ~taken) | axis;
      bit = (bit & ~taken) | read;
    }
    const axis = chooseDiagonal.draw(lanes, stream);
    const signal = arrive.draw(lanes, high, low, 0, stream);
    let one = seen.draw(signal & ~breidbart, basis, bit, axis, stream);
    if (inBreidbart) one |= seenBreidbart.draw(signal & breidbart, 0, bit, axis, stream);
    const clicks0 = (signal & ~one) | dark.draw(lanes, stream);
    const clicks1 = one | dark.draw(lanes, stream);
    const both = clicks0 & clicks1;
    measured.bases[w] = axis;
    measured.bits[w] = (clicks1 & ~both) | coin.draw(both, stream);
    measured.detected[w] = clicks0 | clicks1;
    measured.doubleClicks[w] = both;
  }
}

/** Zeroes every bit string of a transmission. */
export function wipeTransmission({ sent, measured, eavesdropper }: Transmission): void {
  const owned = [...Object.values(measured), ...Object.values(eavesdropper ?? {}), sent.bases, sent.bits];
  for (const words of [...owned, ...(sent.pulses ?? [])]) words.fill(0);
}

function pulseDecisions(settings: PhysicalSettings) {
  const { high, low } = pulseProbabilities(settings);
  return { high: new Decision(high), low: new ConditionalDecision((isHigh) => low(isHigh)) };
}

function emptyTransmission(settings: PhysicalSettings): Transmission {
  const { qubits, pulses, eavesdropper } = settings;
  const plane = () => new Uint32Array(wordsFor(qubits));
  return {
    qubits,
    settings,
    sent: { bases: plane(), bits: plane(), pulses: pulses.length === 0 ? null : [plane(), plane()] },
    measured: { bases: plane(), bits: plane(), detected: plane(), doubleClicks: plane() },
    eavesdropper: eavesdropper === null ? null : { intercepted: plane(), bases: plane(), bits: plane() },
  };
}
