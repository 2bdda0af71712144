import { QsecError } from "../../wire/errors.js";

/** The parameters of Cascade that are known by name. */
export const CASCADE_VARIANTS = ["original", "biconf", "yanetal", "option3", "option4", "option7", "option8"] as const;

/**
 * The named variants of Cascade: `original` (Brassard and Salvail 1993), `biconf` (Sugimoto and Yamazaki 2000), `yanetal`
 * (Yan et al. 2008), and options 3, 4, 7 and 8 of Martinez-Mateo et al. 2015 (arXiv:1407.3257).
 */
export type CascadeVariant = (typeof CASCADE_VARIANTS)[number];

/** One shuffle of the key and its division into blocks. */
export interface CascadePass {
  /** Bits in each block but perhaps the last, 1 … length. */
  readonly blockSize: number;
  /** Whether a bit that is corrected in this pass sends the search back to the passes before. */
  readonly cascades: boolean;
}

/** What a variant says for one key. */
export interface CascadePlan {
  /** The passes, without the rounds of BICONF. */
  readonly passes: readonly CascadePass[];
  /** A round of BICONF, a random half of the key and the other half; null where the variant has none. */
  readonly biconf: CascadePass | null;
  /** BICONF ends after this many rounds in a row without an error. */
  readonly biconfStreak: number;
  /**
   * Whether every sub-block that turns odd is searched, in the pass of the correction too; else only what is in an odd
   * block of another pass.
   */
  readonly reusesSubBlocks: boolean;
}

interface Recipe {
  readonly passes: number;
  readonly biconfStreak?: number;
  readonly reusesSubBlocks?: true;
  /** Bits in a block of pass `pass`, 1 …, at error rate q; not bounded by the length of the key. */
  readonly blockSize: (pass: number, q: number, length: number) => number;
}

/** A run gives up after so many passes and rounds of BICONF; sixteen times what a key of 10⁶ bits needs at any rate. */
export const PASSES_LIMIT = 10_000;

/** Below this error rate blocks grow no further: a key has one block then anyway. */
const LOWEST_RATE = 1e-5;
const OPTION8_THIRD_BLOCK = 4096;

const option34: Recipe["blockSize"] = (pass, q, length) => {
  const first = Math.ceil(1 / q);
  return pass === 1 ? first : pass === 2 ? 2 * first : half(length);
};

const RECIPES: Readonly<Record<CascadeVariant, Recipe>> = {
  original: { passes: 4, blockSize: (pass, q) => Math.ceil(0.73 / q) * 2 ** (pass - 1) },
  biconf: { passes: 2, biconfStreak: 10, blockSize: (pass, q) => Math.ceil(0.92 / q) * 3 ** (pass - 1) },
  yanetal: {
    passes: 10,
    blockSize: (pass, q, length) => (pass > 2 ? half(length) : Math.ceil(0.8 / q) * (pass === 1 ? 1 : 5)),
  },
  option3: { passes: 16, blockSize: option34 },
  option4: { passes: 16, reusesSubBlocks: true, blockSize: option34 },
  option7: {
    passes: 14,
    reusesSubBlocks: true,
    blockSize: (pass, q, length) => (pass > 2 ? half(length) : 2 ** Math.ceil(Math.log2(1 / q)) * (pass === 1 ? 1 : 4)),
  },
  option8: {
    passes: 14,
    reusesSubBlocks: true,
    blockSize(pass, q, length) {
      const alpha = Math.log2(1 / q) - 0.5;
      if (pass > 3) return half(length);
      return pass === 3 ? OPTION8_THIRD_BLOCK : 2 ** Math.ceil(pass === 1 ? alpha : (alpha + 12) / 2);
    },
  },
};

/**
 * The passes of a variant for a key.
 * @param length bits in the key, at least 1
 * @param qber the error rate that the blocks are made for, 0 … 0.5
 * @throws QsecError `bad_option` for an unknown variant, a length or a rate out of range
 */
export function cascadePlan(variant: CascadeVariant, length: number, qber: number): CascadePlan {
  if (!Object.hasOwn(RECIPES, variant))
    throw new QsecError(
      "bad_option",
      `Cascade has no variant '${variant}'; choose from ${CASCADE_VARIANTS.join(", ")}.`,
    );
  if (!Number.isInteger(length) || length < 1)
    throw new QsecError("bad_option", "Cascade needs a key of at least one bit.");
  if (!(qber >= 0 && qber <= 0.5)) throw new QsecError("bad_option", "Cascade needs an error rate from 0 to 0.5.");
  const { passes, blockSize, biconfStreak = 0, reusesSubBlocks = false } = RECIPES[variant];
  const q = Math.max(qber, LOWEST_RATE);
  return {
    passes: Array.from({ length: passes }, (_, i) => ({
      blockSize: Math.min(length, blockSize(i + 1, q, length)),
      cascades: true,
    })),
    biconf: biconfStreak === 0 ? null : { blockSize: half(length), cascades: false },
    biconfStreak,
    reusesSubBlocks,
  };
}

/** Pass `pass`, from 0; after the passes come the rounds of BICONF. Undefined where the variant has no such pass. */
export function passOf({ passes, biconf }: CascadePlan, pass: number): CascadePass | undefined {
  return pass < passes.length || pass >= PASSES_LIMIT ? passes[pass] : (biconf ?? undefined);
}

/** ⌈length / 2⌉ */
export function half(length: number): number {
  return (length + 1) >>> 1;
}
