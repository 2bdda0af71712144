import type { WordStream } from "../randomness/word-stream.js";
import { bitOf, CERTAIN, FAIR, PRECISION, thresholdOf } from "./threshold.js";

/**
 * Decides an event of one probability in all of `lanes` at once.
 *
 * u is compared bit by bit: a random word holds the same bit of u for 32 lanes, and a lane is done when its bit differs from
 * that of p. Half of the lanes are done with each word, so that some seven words decide 32 events exactly to 2⁻⁴⁸.
 */
export class Decision {
  readonly #threshold: number;
  /** Bit j of p in all lanes. */
  readonly #planes: Int32Array;

  constructor(probability: number) {
    this.#threshold = thresholdOf(probability);
    this.#planes = Int32Array.from({ length: PRECISION }, (_, plane) => -bitOf(this.#threshold, plane));
  }

  /** @returns the lanes where it happens */
  draw(lanes: number, stream: WordStream): number {
    if (this.#threshold === 0 || lanes === 0) return 0;
    if (this.#threshold === CERTAIN) return lanes;
    if (this.#threshold === FAIR) return lanes & ~stream.next();
    const planes = this.#planes;
    let undecided = lanes;
    let happens = 0;
    for (let plane = 0; undecided !== 0 && plane < PRECISION; plane++) {
      const random = stream.next();
      happens |= undecided & planes[plane] & ~random;
      undecided &= ~(planes[plane] ^ random);
    }
    return happens;
  }
}

/** Words in a row of coefficients: 1, a, b, ab, c, ac, bc, abc. */
const TERMS = 8;
const [CERTAIN_ROW, SETTLED_ROW, FAIR_ROW, FIRST_PLANE] = [0, 1, 2, 3];

/**
 * Decides an event whose probability depends on three bits a, b and c of each lane.
 *
 * A bit of the lanes' thresholds is a Boolean function of a, b and c. Its algebraic normal form, an exclusive or of
 * products, gives it for 32 lanes without a branch.
 */
export class ConditionalDecision {
  readonly #rows = new Int32Array((FIRST_PLANE + PRECISION) * TERMS);

  /** @param probability of the event, for each a, b and c */
  constructor(probability: (a: 0 | 1, b: 0 | 1, c: 0 | 1) => number) {
    const thresholds = Array.from({ length: TERMS }, (_, i) =>
      thresholdOf(probability((i & 1) as 0 | 1, ((i >>> 1) & 1) as 0 | 1, (i >>> 2) as 0 | 1)),
    );
    this.#setRow(CERTAIN_ROW, (i) => thresholds[i] === CERTAIN);
    this.#setRow(SETTLED_ROW, (i) => thresholds[i] === CERTAIN || thresholds[i] === 0);
    this.#setRow(FAIR_ROW, (i) => thresholds[i] === FAIR);
    for (let plane = 0; plane < PRECISION; plane++)
      this.#setRow(FIRST_PLANE + plane, (i) => thresholds[i] < CERTAIN && bitOf(thresholds[i], plane) === 1);
  }

  /** @returns the lanes where it happens */
  draw(lanes: number, a: number, b: number, c: number, stream: WordStream): number {
    const rows = this.#rows;
    const ab = a & b;
    const ac = a & c;
    const bc = b & c;
    const abc = ab & c;
    let at = CERTAIN_ROW * TERMS;
    let happens = lanes & rowAt(rows, at, a, b, c, ab, ac, bc, abc);
    at = SETTLED_ROW * TERMS;
    let undecided = lanes & ~rowAt(rows, at, a, b, c, ab, ac, bc, abc);
    at = FAIR_ROW * TERMS;
    let open = ~rowAt(rows, at, a, b, c, ab, ac, bc, abc);
    for (at = FIRST_PLANE * TERMS; undecided !== 0 && at < rows.length; at += TERMS) {
      const random = stream.next();
      const plane = rowAt(rows, at, a, b, c, ab, ac, bc, abc);
      happens |= undecided & plane & ~random;
      undecided &= ~(plane ^ random) & open; // fair lanes are done after their first bit
      open = -1;
    }
    return happens;
  }

  /** Möbius transform of a truth table, into the coefficients of its algebraic normal form. */
  #setRow(row: number, truth: (index: number) => boolean): void {
    const form = Array.from({ length: TERMS }, (_, i) => truth(i));
    for (let bit = 1; bit < TERMS; bit <<= 1)
      for (let i = 0; i < TERMS; i++) if (i & bit) form[i] = form[i] !== form[i ^ bit];
    form.forEach((isTerm, i) => (this.#rows[row * TERMS + i] = isTerm ? -1 : 0));
  }
}

/** The Boolean function with these coefficients, in 32 lanes. */
function rowAt(
  rows: Int32Array,
  at: number,
  a: number,
  b: number,
  c: number,
  ab: number,
  ac: number,
  bc: number,
  abc: number,
): number {
  return (
    rows[at] ^
    (rows[at + 1] & a) ^
    (rows[at + 2] & b) ^
    (rows[at + 3] & ab) ^
    (rows[at + 4] & c) ^
    (rows[at + 5] & ac) ^
    (rows[at + 6] & bc) ^
    (rows[at + 7] & abc)
  );
}
