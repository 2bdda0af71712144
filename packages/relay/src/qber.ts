import { QsecError } from "@qsec2/sdk/wire";

/** Bits in the order of the qubits: text of 0 and 1, or a list of the numbers 0 and 1. */
export type BitSequence = string | readonly number[];

/** What comparing two bit strings has found. */
export interface QberReport {
  /** Positions where both have measured in the same basis. */
  readonly sifted: number;
  /** How many of them were compared. */
  readonly compared: number;
  /** How many of the compared bits differ. */
  readonly mismatches: number;
  /** Where the two differ, counted from 0, ascending. */
  readonly positions: readonly number[];
  /** mismatches / compared, in [0, 1]. */
  readonly qber: number;
  /** The same in percent, in [0, 100]. */
  readonly percent: number;
}

/**
 * The quantum bit error rate of a sample: of the first `limit` sifted positions, the share where Alice's and Bob's bits
 * differ (Bennett and Brassard 1984; the estimate e = errors / sample). It says what the two strings are, not what the
 * rest of a key would be: for that see `estimateErrors` and `rateOfKept` of `@qsec2/sdk/bb84`.
 *
 * @param alice Alice's bits
 * @param bob Bob's bits, as many
 * @param sifted a mask, text of as many 0 and 1, with 1 where the bases match; or the positions themselves, from 0
 * @param limit the most positions to compare, at least 1
 * @throws QsecError `bad_option` with a sentence that says what is wrong with which of them
 * @example
 * computeQber("0110", "0100", "1011").percent; // 33.33…: positions 0, 2, 3 were compared, 2 differs
 */
export function computeQber(
  alice: BitSequence,
  bob: BitSequence,
  sifted: BitSequence,
  limit: number = QBER_LIMIT_DEFAULT,
): QberReport {
  const [left, right] = [bits("Alice's", alice), bits("Bob's", bob)];
  if (left.length !== right.length) {
    throw bad(`Alice has ${left.length} bits and Bob has ${right.length}; they must have as many.`);
  }
  if (!Number.isSafeInteger(limit) || limit < 1) throw bad("The limit is a whole number of positions, at least 1.");
  const all = siftedPositions(sifted, left.length);
  if (all.length === 0) throw bad("No position is sifted, so there is nothing to compare.");
  const sample = all.slice(0, limit);
  const positions = sample.filter((position) => left[position] !== right[position]);
  return {
    ...{ sifted: all.length, compared: sample.length, mismatches: positions.length },
    ...{ positions, qber: positions.length / sample.length, percent: (100 * positions.length) / sample.length },
  };
}

export const QBER_LIMIT_DEFAULT = 10;

function bits(whose: string, sequence: unknown): readonly number[] {
  const list: readonly unknown[] = typeof sequence === "string" ? [...sequence].map(bitOf) : asList(whose, sequence);
  const wrong = list.findIndex((bit) => bit !== 0 && bit !== 1);
  if (wrong >= 0) throw bad(`${whose} bits are 0 and 1 alone; at position ${wrong} there is something else.`);
  if (list.length === 0) throw bad(`${whose} bits are missing.`);
  return list as readonly number[];
}

function siftedPositions(sifted: unknown, length: number): readonly number[] {
  if (typeof sifted !== "string") return positionsFrom(asList("The sifted", sifted), length);
  if (sifted.length !== length)
    throw bad(`The mask of sifted positions has ${sifted.length} characters for ${length} bits.`);
  return bits("The mask's", sifted).flatMap((bit, position) => (bit === 1 ? [position] : []));
}

function positionsFrom(list: readonly unknown[], length: number): readonly number[] {
  const positions = list.map((position) => {
    if (Number.isSafeInteger(position) && (position as number) >= 0 && (position as number) < length)
      return position as number;
    throw bad(`A sifted position is a whole number from 0 to ${length - 1}.`);
  });
  if (new Set(positions).size < positions.length) throw bad("A sifted position is there twice.");
  return positions.sort((a, b) => a - b);
}

function asList(whose: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw bad(`${whose} bits are text of 0 and 1, or a list of numbers.`);
}

/** Undefined for what is no bit. */
function bitOf(character: string): number | undefined {
  return character === "0" ? 0 : character === "1" ? 1 : undefined;
}

function bad(message: string): QsecError {
  return new QsecError("bad_option", message);
}
