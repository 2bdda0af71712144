import { binaryEntropy } from "../secret-length.js";
import { matchedMask } from "./sift.js";
import type { Transmission } from "./transmission.js";
import { popcount, usedLanes } from "./words.js";

/** So many, and so many of them wrong. */
export interface Count {
  /** Sifted bits. */
  readonly sifted: number;
  /** Sifted bits that differ. */
  readonly errors: number;
}

/** What was counted in a transmission: the measured side of {@link Expectation}. */
export interface Tally extends Count {
  /** Pulses sent. */
  readonly sent: number;
  /** Pulses at which a detector clicked. */
  readonly detected: number;
  /** Pulses at which both clicked. */
  readonly doubleClicks: number;
  /** Of those sent in the rectilinear and in the diagonal basis. */
  readonly byBasis: readonly [Count, Count];
  /** Of each intensity of the source; empty for single photons. */
  readonly pulses: readonly (Count & { readonly sent: number; readonly detected: number })[];
  /** All zero without one. */
  readonly eavesdropper: {
    /** Sifted bits that she measured on their way. */
    readonly intercepted: number;
    /** Sifted bits that she measured in the basis in which they were sent: she knows them once the bases are public. */
    readonly known: number;
    /** Her information in bits for each sifted bit by the frequencies, 0 … 1; a little high where she knows nothing. */
    readonly information: number;
  };
}

/** A bit string that is computed word by word. */
type Mask = (word: number) => number;

/** Counts what a transmission has sent, detected and sifted, by basis. */
export function tally(transmission: Transmission): Tally {
  const { sent, measured, settings } = transmission;
  const matched = matchedMask(transmission);
  const all: Mask = () => -1;
  const count = (mask: Mask) => countOnes(matched.length, mask);
  const within = (mask: Mask): Count => ({
    sifted: count((w) => matched[w] & mask(w)),
    errors: count((w) => matched[w] & mask(w) & (sent.bits[w] ^ measured.bits[w])),
  });
  return {
    sent: transmission.qubits,
    detected: count((w) => measured.detected[w]),
    doubleClicks: count((w) => measured.doubleClicks[w]),
    ...within(all),
    byBasis: [within((w) => ~sent.bases[w]), within((w) => sent.bases[w])],
    pulses: settings.pulses.map((_, i) => {
      const [high, low] = sent.pulses!;
      const chosen: Mask = (w) => (i & 2 ? high[w] : ~high[w]) & (i & 1 ? low[w] : ~low[w]);
      const detected = count((w) => measured.detected[w] & chosen(w));
      // The complement of a plane has ones in the unused lanes of its last word, too.
      const emitted = count((w) => chosen(w) & usedLanes(transmission.qubits, w));
      return { sent: emitted, detected, ...within(chosen) };
    }),
    eavesdropper: knowledge(transmission, matched),
  };
}

function knowledge({ sent, eavesdropper: eve, settings }: Transmission, matched: Uint32Array): Tally["eavesdropper"] {
  if (eve === null) return { intercepted: 0, known: 0, information: 0 };
  const sifted = countOnes(matched.length, (w) => matched[w]);
  const part = (mask: Mask) => {
    const bits = countOnes(matched.length, (w) => matched[w] & eve.intercepted[w] & mask(w));
    const right = countOnes(
      matched.length,
      (w) => matched[w] & eve.intercepted[w] & mask(w) & ~(eve.bits[w] ^ sent.bits[w]),
    );
    return { bits, information: bits === 0 ? 0 : (bits / sifted) * (1 - binaryEntropy(right / bits)) };
  };
  if (settings.eavesdropper?.basis === "breidbart") {
    const { bits, information } = part(() => -1);
    return { intercepted: bits, known: 0, information };
  }
  const same = part((w) => ~(eve.bases[w] ^ sent.bases[w]));
  const other = part((w) => eve.bases[w] ^ sent.bases[w]);
  return {
    intercepted: same.bits + other.bits,
    known: same.bits,
    information: same.information + other.information,
  };
}

function countOnes(words: number, mask: Mask): number {
  let ones = 0;
  for (let w = 0; w < words; w++) ones += popcount(mask(w));
  return ones;
}
