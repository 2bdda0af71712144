import { distance, select, without } from "../bits.js";
import { chooseSubset } from "../estimation/sample.js";
import { matchedMask, siftKeys, type SiftedKeys } from "../physics/sift.js";
import type { Transmission } from "../physics/transmission.js";
import { numberIn } from "../options.js";
import type { RandomBytes } from "../random.js";
import { WordStream } from "../randomness/word-stream.js";

/** What is left of the sifted keys after a sample was disclosed, and what the sample says. */
export interface Disclosure {
  /** What is left for the key. */
  readonly raw: SiftedKeys;
  /** Sifted bits, and how many of them were disclosed. */
  readonly sifted: number;
  /** Sifted bits that were disclosed. */
  readonly disclosed: number;
  /** The sample of bits like those of the raw key: it tells how many of these are wrong. */
  readonly bits: Sample;
  /**
   * The sample from which the error rate in the *other* basis follows, and with it what an eavesdropper may know of the raw
   * key. With even bases it is the same one; see {@link disclose}.
   */
  readonly phases: Sample;
}

/** The bits that both sides disclose to estimate the error rate, and those that they keep. */
export interface Sample {
  /** Bits compared. */
  readonly sampled: number;
  /** Bits of them that differ. */
  readonly errors: number;
}

/**
 * Sifting and the comparison of a sample: the bits that were detected in the basis in which they were sent, less those that
 * are disclosed.
 *
 * With even bases every sifted bit is as likely of either basis, and one random sample speaks for all. With biased bases it
 * would not: the bits of the more frequent basis make the key, all of the other one are disclosed, as in the protocol of
 * Tomamichel et al. 2012, and so is a random part of the key's basis, for its error rate (Lo, Chau and Ardehali 2005).
 *
 * @param share of the sifted bits that may be of the key, 0 … 1, to be disclosed
 * @param random chooses the sample
 * @throws QsecError `bad_option` for a share out of range, or a source of randomness that ends early
 */
export function disclose(transmission: Transmission, share: number, random: RandomBytes): Disclosure {
  numberIn("share", share, 0, 1);
  const stream = new WordStream(random);
  try {
    return discloseWith(transmission, share, stream);
  } finally {
    stream.wipe();
  }
}

function discloseWith(transmission: Transmission, share: number, stream: WordStream): Disclosure {
  const matched = matchedMask(transmission);
  const { diagonal } = transmission.settings;
  if (diagonal === 0.5) {
    const { raw, sample } = sampleFrom(siftKeys(transmission, matched), share, stream);
    return { raw, sifted: raw.length + sample.sampled, disclosed: sample.sampled, bits: sample, phases: sample };
  }
  const inDiagonal = matched.map((word, w) => word & transmission.sent.bases[w]);
  const inRectilinear = matched.map((word, w) => word & ~transmission.sent.bases[w]);
  const [forKey, forPhases] = diagonal > 0.5 ? [inDiagonal, inRectilinear] : [inRectilinear, inDiagonal];
  const { raw, sample: bits } = sampleFrom(siftKeys(transmission, forKey), share, stream);
  const other = siftKeys(transmission, forPhases);
  const phases = { sampled: other.length, errors: distance(other.alice, other.bob) };
  const disclosed = bits.sampled + phases.sampled;
  return { raw, sifted: raw.length + disclosed, disclosed, bits, phases };
}

/** Takes a random sample out of sifted keys, which are zeroed. */
function sampleFrom(keys: SiftedKeys, share: number, stream: WordStream): { raw: SiftedKeys; sample: Sample } {
  const sampled = Math.round(share * keys.length);
  const mask = chooseSubset(keys.length, sampled, stream);
  const rest = without(allOnes(keys.length), mask);
  const errors = distance(select(keys.alice, mask), select(keys.bob, mask));
  const raw = { length: keys.length - sampled, alice: select(keys.alice, rest), bob: select(keys.bob, rest) };
  keys.alice.fill(0);
  keys.bob.fill(0);
  return { raw, sample: { sampled, errors } };
}

function allOnes(count: number): Uint8Array {
  const out = new Uint8Array((count + 7) >>> 3).fill(0xff);
  if (count & 7) out[out.length - 1] = 0xff << (8 - (count & 7));
  return out;
}
