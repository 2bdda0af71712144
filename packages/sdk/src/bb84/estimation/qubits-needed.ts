import { QsecError } from "../../wire/errors.js";
import { integerIn, numberIn, onlyKnown } from "../options.js";
import { binaryEntropy } from "../secret-length.js";
import type { BoundMode } from "./error-bound.js";
import { finiteKeyLength, type SecurityParameters } from "./finite-key.js";

/** What the number of qubits for a key of a given length depends on. */
export interface QubitsNeededInput {
  /** Secret bits wanted, 1 … 10⁶. */
  readonly secret: number;
  /** Expected error rate of the sifted bits, 0 … 0.11. */
  readonly qber: number;
  /** f: leak_EC = f·n·h₂(Q), 1 … 2. @default 1.1 */
  readonly efficiency?: number;
  /** @default "hypergeometric" */
  readonly mode?: BoundMode;
  /** Probabilities with which the bounds and the key may fail. */
  readonly security?: SecurityParameters;
}

/** A plan: how many qubits to send over a lossless channel with even bases, and how many of the sifted bits to disclose. */
export interface QubitPlan {
  /** Qubits to send. */
  readonly qubits: number;
  /** Sifted bits to disclose. */
  readonly sampled: number;
  /** Sifted bits that are left for the key. */
  readonly kept: number;
}

/** Samples that are tried: whole parts of this many of the sifted bits. */
const PARTS = 120;
const SIFTED_MAX = 2 ** 30;

/**
 * The fewest qubits that give so many secret bits when half of them are sifted and the sample has the expected errors; the
 * sample is chosen best, in steps of 1/120 of the sifted bits.
 * @throws QsecError `bad_option` for a number out of range or a key that no number of qubits up to 2³¹ can give
 */
export function qubitsNeeded(input: QubitsNeededInput): QubitPlan {
  onlyKnown("qubitsNeeded", input, ["secret", "qber", "efficiency", "mode", "security"]);
  const secret = integerIn("secret", input.secret, 1, 1e6);
  const qber = numberIn("qber", input.qber, 0, 0.11);
  const efficiency = numberIn("efficiency", input.efficiency ?? 1.1, 1, 2);
  const impossible = new QsecError("bad_option", `At a 'qber' of ${qber} no number of qubits is enough.`);
  if ((1 + efficiency) * binaryEntropy(qber) >= 1) throw impossible;
  const bestSample = (sifted: number): number | undefined => {
    const sizes = Array.from({ length: PARTS - 1 }, (_, i) => Math.round((sifted * (i + 1)) / PARTS));
    return sizes.find((sampled) => {
      const kept = sifted - sampled;
      const [errors, leaked] = [qber * sampled, efficiency * kept * binaryEntropy(qber)];
      const { mode, security } = input;
      return finiteKeyLength({ kept, sampled, errors, leaked, mode, security }) >= secret;
    });
  };
  let [tooFew, enough] = [0, 256];
  while (bestSample(enough) === undefined) {
    [tooFew, enough] = [enough, enough * 2];
    if (enough > SIFTED_MAX) throw impossible;
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (bestSample(middle) === undefined) tooFew = middle;
    else enough = middle;
  }
  const sampled = bestSample(enough)!;
  return { qubits: 2 * enough, sampled, kept: enough - sampled };
}
