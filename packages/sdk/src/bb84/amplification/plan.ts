import { kernelScratch, rowWords } from "./kernel.js";

/** How a matrix is cut: into `rows` × `columns` squares of side `leaf`·2^`depth`, and each `depth` times into four. */
export interface ToeplitzPlan {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** Side of what the kernel multiplies, in words: a multiple of 4. */
  readonly leaf: number;
}

const LEAF_MAX = 64;
/** What a call of the kernel takes besides, in steps: measured for the one in WebAssembly, hardly seen in the other. */
const CALL_STEPS = 2500;

/** The side of the squares, in words. */
export function squareSide({ leaf, depth }: ToeplitzPlan): number {
  return leaf * 2 ** depth;
}

/**
 * The plan with the fewest steps.
 * @param outputWords rows of the matrix, in words, at least 1
 * @param inputWords columns, in words, at least 1
 */
export function toeplitzPlan(outputWords: number, inputWords: number): ToeplitzPlan {
  let best: ToeplitzPlan = { rows: 0, columns: 0, depth: 0, leaf: 0 };
  let fewest = Infinity;
  const longest = Math.max(outputWords, inputWords);
  for (let depth = 0; depth === 0 || 4 * 2 ** depth < 2 * longest; depth++) {
    for (let leaf = 4; leaf <= LEAF_MAX; leaf += 4) {
      const side = leaf * 2 ** depth;
      const rows = Math.ceil(outputWords / side);
      const columns = Math.ceil(inputWords / side);
      const steps = rows * columns * 3 ** depth * leafSteps(leaf);
      if (steps >= fewest) continue;
      fewest = steps;
      best = { rows, columns, depth, leaf };
    }
  }
  return best;
}

/** Words that the recursion of a plan needs besides what it multiplies. */
export function planScratch(plan: ToeplitzPlan): number {
  return 4 * squareSide(plan) + kernelScratch(plan.leaf);
}

function leafSteps(leaf: number): number {
  return CALL_STEPS + 16 * rowWords(leaf) + 8 * leaf * (leaf / 4 + 1) * 4;
}
