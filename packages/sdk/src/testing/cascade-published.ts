import type { CascadeVariant } from "../bb84/cascade/variants.js";

/** The mean of many runs. */
export interface CascadePoint {
  readonly variant: CascadeVariant;
  /** Bits in the key. */
  readonly length: number;
  readonly qber: number;
  /** Parities asked for, divided by length · h₂(qber). */
  readonly efficiency: number;
  /** Round trips. */
  readonly rounds: number;
}

type Curve = readonly (readonly [qber: number, efficiency: number, rounds: number])[];

const OPTION_3_LONG: Curve = [
  [0.01, 1.1112, 81.4],
  [0.03, 1.0908, 85.7],
  [0.05, 1.1059, 82.0],
  [0.1, 1.1279, 75.1],
];

/**
 * Efficiency and round trips that were published for keys of 10,000 and 1,000 bits with exactly ⌊n·q + ½⌋ errors, 10,000
 * runs a point, all odd blocks asked for at once (B. Rijsman, Cascade-CPP: its data for the variants of Martinez-Mateo et
 * al. 2015).
 */
export const PUBLISHED_CASCADE: readonly CascadePoint[] = [
  ...curve("original", 10_000, [
    [0.01, 1.143, 45.3],
    [0.03, 1.1736, 44.4],
    [0.05, 1.1846, 40.5],
    [0.1, 1.2089, 37.1],
  ]),
  ...curve("biconf", 10_000, [
    [0.01, 1.1009, 97.9],
    [0.03, 1.0865, 109.0],
    [0.05, 1.0934, 114.2],
    [0.1, 1.1114, 122.5],
  ]),
  ...curve("yanetal", 10_000, [
    [0.01, 1.0953, 105.1],
    [0.03, 1.078, 121.7],
    [0.05, 1.0767, 120.7],
    [0.1, 1.0925, 114.0],
  ]),
  ...curve("option3", 10_000, OPTION_3_LONG),
  ...curve("option4", 10_000, OPTION_3_LONG),
  ...curve("option7", 10_000, [
    [0.01, 1.1217, 167.5],
    [0.03, 1.1515, 378.5],
    [0.05, 1.1135, 344.2],
    [0.1, 1.1294, 373.9],
  ]),
  ...curve("original", 1000, [
    [0.01, 1.1599, 23.9],
    [0.03, 1.1825, 27.4],
    [0.05, 1.195, 26.4],
    [0.1, 1.2151, 25.5],
  ]),
  ...curve("yanetal", 1000, [
    [0.01, 1.3382, 36.0],
    [0.03, 1.2106, 51.4],
    [0.05, 1.1682, 55.9],
    [0.1, 1.149, 59.7],
  ]),
  ...curve("option3", 1000, [
    [0.01, 1.4733, 42.5],
    [0.03, 1.2557, 50.7],
    [0.05, 1.2169, 51.9],
    [0.1, 1.1963, 50.2],
  ]),
];

/** Share of runs of `original` at 1,000 bits that leave an error: Martinez-Mateo et al. 2015, arXiv:1407.3257. */
export const PUBLISHED_FAILURES: readonly { readonly qber: number; readonly failures: number }[] = [
  { qber: 0.01, failures: 4.2e-2 },
  { qber: 0.02, failures: 1.1e-2 },
  { qber: 0.03, failures: 5.5e-3 },
  { qber: 0.05, failures: 1.8e-3 },
];

/** Efficiency of `option8` at 2¹⁴ bits, the smallest odd block first: the same paper. */
export const PUBLISHED_SMALLEST_FIRST: readonly { readonly qber: number; readonly efficiency: number }[] = [
  { qber: 0.01, efficiency: 1.046 },
  { qber: 0.03, efficiency: 1.039 },
  { qber: 0.05, efficiency: 1.044 },
  { qber: 0.1, efficiency: 1.058 },
];

function curve(variant: CascadeVariant, length: number, points: Curve): CascadePoint[] {
  return points.map(([qber, efficiency, rounds]) => ({ variant, length, qber, efficiency, rounds }));
}
