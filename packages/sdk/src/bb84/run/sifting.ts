import { QsecError } from "../../wire/errors.js";
import { isSubset, select, weight, without } from "../bits.js";
import type { Profile } from "./profiles.js";

/** What both sides know after sifting; public inside the tunnel. Masks are N bits. */
export interface Sifting {
  /** The qubits that were prepared and measured in the same basis. */
  readonly match: Uint8Array;
  /** The part of `match` that is disclosed to estimate the error rate. */
  readonly sample: Uint8Array;
  readonly matched: number;
  readonly sampled: number;
}

/** The places where two bit strings of bases agree. */
export function matchBases(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => ~(byte ^ b[i]));
}

/** @throws QsecError `SIFT` when fewer bases agree than the profile needs, or more than it takes */
export function requireMatched(matched: number, qubits: number, profile: Profile): void {
  const minimum = profile.minimumMatched(qubits);
  if (matched < minimum) {
    throw new QsecError(
      "SIFT",
      `Only ${matched} of ${qubits} bases agree; the ${profile.name} profile needs ${minimum}.`,
    );
  }
  const maximum = profile.maximumMatched(qubits);
  if (matched > maximum)
    throw new QsecError("SIFT", `${matched} of ${qubits} bases agree; the ${profile.name} profile takes ${maximum}.`);
}

/**
 * Checks the masks of the other side.
 * @throws QsecError `DECODE` for a wrong size, `SIFT` for masks that the profile does not allow
 */
export function checkSifting(match: Uint8Array, sample: Uint8Array, qubits: number, profile: Profile): Sifting {
  if (match.length * 8 !== qubits || sample.length * 8 !== qubits) {
    throw new QsecError("DECODE", "A sifting mask does not have one bit per qubit.");
  }
  const matched = weight(match);
  requireMatched(matched, qubits, profile);
  const sampled = weight(sample);
  if (!isSubset(sample, match) || sampled !== profile.sampleSize(matched)) {
    throw new QsecError("SIFT", "The sample is not a part of the matched bits of the size that the profile says.");
  }
  return { match, sample, matched, sampled };
}

/**
 * Hands the raw key, the matched bits that are not disclosed, to `use` and zeroes it afterwards.
 * @param bits the N bits of one side
 */
export function withRawKey<T>(bits: Uint8Array, sifting: Sifting, use: (raw: Uint8Array, length: number) => T): T {
  const raw = select(bits, without(sifting.match, sifting.sample));
  try {
    return use(raw, sifting.matched - sifting.sampled);
  } finally {
    raw.fill(0);
  }
}
