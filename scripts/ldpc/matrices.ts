import { placeEdges } from "./base-graph.js";
import type { CodeDesign } from "./degrees.js";
import { seededRandom } from "../../packages/sdk/src/testing/seeded-random.js";
import { chooseShifts } from "./shifts.js";
import { textOf } from "./text.js";

const SEED = 1000;

/** One base matrix, as `base-matrices.ts` has it. */
export function makeMatrix({ rows, degrees, seed = SEED }: CodeDesign): {
  rows: number;
  columns: number;
  edges: string;
} {
  // With the number of rows, so that a code stays as it is when others come or go.
  const random = seededRandom(seed + rows);
  const graph = placeEdges(rows, degrees, random);
  return { rows, columns: graph.length, edges: textOf(chooseShifts(graph, rows, random)) };
}
