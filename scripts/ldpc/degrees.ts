import type { DegreeProfile } from "./base-graph.js";

export interface CodeDesign {
  /** Base rows; there are as many base columns as degrees, and the rate is 1 − rows / columns. */
  readonly rows: number;
  readonly degrees: DegreeProfile;
  /** What edges and shifts are drawn from; 1000 unless that gave a code with an error floor, which `ldpc.long.test.ts` finds. */
  readonly seed?: number;
}

/**
 * What each code is made of. High rates have 128 columns, as few rows leave too little choice with 64.
 *
 * The shape is the known one for the binary symmetric channel (Elkouss, Leverrier, Alléaume and Boutros 2009): many columns of
 * degree 2 and 3 and some of high degree, the fewer of degree 2 the higher the rate. The numbers are the outcome of a random
 * search that changed a few columns at a time and kept what made density evolution (Richardson and Urbanke 2001) of the
 * code without its structure converge at a higher error rate.
 */
// prettier-ignore
export const CODE_DESIGNS: readonly CodeDesign[] = [
  { rows: 8, degrees: [[3, 37], [4, 19], [5, 34], [6, 24], [8, 14]] },
  { rows: 13, degrees: [[2, 12], [3, 60], [4, 20], [12, 36]] },
  { rows: 18, degrees: [[2, 17], [3, 68], [4, 1], [6, 3], [7, 8], [9, 10], [11, 21]] },
  { rows: 12, degrees: [[2, 7], [3, 39], [7, 4], [9, 1], [10, 2], [11, 10], [12, 1]] },
  { rows: 15, degrees: [[2, 13], [3, 34], [7, 1], [9, 1], [10, 5], [11, 1], [12, 7], [13, 2]] },
  { rows: 19, degrees: [[2, 17], [3, 31], [7, 4], [9, 2], [10, 2], [12, 3], [13, 4], [14, 1]], seed: 4000 },
  { rows: 24, degrees: [[2, 23], [3, 24], [4, 4], [9, 1], [11, 9], [13, 3]] },
  { rows: 30, degrees: [[2, 23], [3, 28], [5, 2], [6, 2], [12, 5], [13, 3], [14, 1]] },
  { rows: 36, degrees: [[2, 31], [3, 25], [14, 8]], seed: 3000 },
];
