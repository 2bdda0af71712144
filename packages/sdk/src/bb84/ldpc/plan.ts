import { QsecError } from "../../wire/errors.js";
import { binaryEntropy } from "../secret-length.js";
import { baseSize, LDPC_CODES } from "./base-matrix.js";
import type { LdpcCodeName } from "./code.js";
import { LIFTS, MAXIMUM_BLOCK } from "./lifts.js";

/** Which code to use, and what it costs. */
export interface LdpcPlan {
  readonly code: LdpcCodeName;
  /** Bits that the syndrome tells: one for each check. */
  readonly leaked: number;
  /** leaked / (n · h₂(qber)), at least 1 for any method (Shannon); Infinity where the error rate is 0. */
  readonly efficiency: number;
}

/** Up to here there is a key to be had (Shor and Preskill 2000); the codes go no further. */
export const LDPC_QBER_MAXIMUM = 0.11;

/**
 * What each code needs: its checks must be at least this many times n · h₂ of the errors that there are. Chosen so that
 * `npm run bench ldpc` finds the frame error rates that {@link ldpcPlan} promises.
 */
const OVERHEADS: readonly number[] = [1.36, 1.148, 1.16, 1.17, 1.14, 1.13, 1.11, 1.11, 1.09];

/** A code may be this many times as long as the block at most: one that is shortened more corrects less than its rate promises. */
const LENGTHENED = 4 / 3;

/** Standard deviations by which a block may have more errors than expected. */
const DEVIATIONS = 2.6;

/**
 * The cheapest code for a block: of all base matrices and lifting sizes, shortened to the length of the block, the one with
 * the fewest checks that corrects an error rate of q + 2.6·√(q(1 − q)/n). About one block in a hundred is not corrected, of short ones some more.
 *
 * @param qber the error rate to expect, 0 … 0.11
 * @param bits n, the length of the block, 1 … 65,536
 * @throws QsecError `bad_option` for a number out of range
 */
export function ldpcPlan(qber: number, bits: number): LdpcPlan {
  if (!(qber >= 0 && qber <= LDPC_QBER_MAXIMUM))
    throw new QsecError("bad_option", `There are LDPC codes for error rates of 0 … ${LDPC_QBER_MAXIMUM}.`);
  if (!Number.isInteger(bits) || bits < 1 || bits > MAXIMUM_BLOCK)
    throw new QsecError("bad_option", `An LDPC block has 1 … ${MAXIMUM_BLOCK} bits.`);

  const worst = qber + DEVIATIONS * Math.sqrt((qber * (1 - qber)) / bits);
  const entropy = bits * binaryEntropy(Math.min(worst, 0.5));
  let best: LdpcCodeName | null = null;
  let leaked = Infinity;
  for (let index = 0; index < LDPC_CODES; index++) {
    const { rows, columns } = baseSize(index);
    const lift = LIFTS.find((size) => columns * size >= bits && rows * size >= OVERHEADS[index] * entropy);
    if (lift === undefined || rows * lift >= leaked) continue;
    if (columns * lift > LENGTHENED * fullLength(columns, bits) && index < LDPC_CODES - 1) continue;
    best = { index, lift, length: bits };
    leaked = rows * lift;
  }
  return { code: best!, leaked, efficiency: leaked / (bits * binaryEntropy(qber)) };
}

/** The length of the smallest code with so many base columns that has room for a block. */
function fullLength(columns: number, bits: number): number {
  return columns * (LIFTS.find((size) => columns * size >= bits) ?? Infinity);
}
