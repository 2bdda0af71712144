import { placeEdges } from "./base-graph.js";
import type { CodeDesign } from "./degrees.js";
import { seededRandom } from "../../packages/sdk/src/testing/seeded-random.js";
import { chooseShifts } from "./shifts.js";
import { textOf } from "./text.js";

/** Added to the number of rows, so that a code stays as it is when others come or go. */
const SEED = 1000;

/** One base matrix, as `base-matrices.ts` has it. */
export function makeMatrix({ rows, degrees }: CodeDesign): { rows: number; columns: number; edges: string } {
  const random = seededRandom(SEED + rows);
  const graph = placeEdges(rows, degrees, random);
  return { rows, columns: graph.length, edges: textOf(chooseShifts(graph, rows, random)) };
}
