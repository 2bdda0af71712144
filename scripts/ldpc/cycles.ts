import type { BaseGraph } from "./base-graph.js";

/** One edge of a base graph with the shift of its circulant. */
export interface Edge {
  readonly row: number;
  readonly column: number;
  shift: number;
}

/** A closed walk in the base graph of 4 or 6 edges; it is a cycle of the lifted graph when its shifts cancel. */
export interface Cycle {
  /** Indices of edges; the shifts count with signs + − + − … */
  readonly edges: readonly number[];
  /** How much a cycle of this kind disturbs decoding. */
  readonly weight: number;
}

/** A cycle of 4 against one of 6. */
const FOUR_CYCLE_WEIGHT = 60;

export function edgesOf(graph: BaseGraph): Edge[] {
  return graph.flatMap((rows, column) => rows.map((row) => ({ row, column, shift: 0 })));
}

/** Cycles of 6 with more edges leading out hardly disturb, and there are millions of them at high rates. */
const SIX_CYCLE_ACE_MAX = 7;

/**
 * The closed walks of length 4, and those of length 6 that matter. A cycle weighs the less, the more edges lead out of it: 2^(−ACE/3) with the
 * approximate cycle extrinsic degree ACE = Σ (degree − 2) of Tian, Jones, Villasenor and Wesel (2004).
 */
export function cyclesOf(graph: BaseGraph, rows: number): Cycle[] {
  const edgeAt = Array.from({ length: rows }, () => new Map<number, number>());
  edgesOf(graph).forEach(({ row, column }, edge) => edgeAt[row].set(column, edge));
  const shared = (a: number, b: number): number[] => [...edgeAt[a].keys()].filter((column) => edgeAt[b].has(column));
  const aceOf = (...columns: number[]): number => columns.reduce((sum, column) => sum + graph[column].length - 2, 0);

  const cycles: Cycle[] = [];
  const edge = (row: number, column: number): number => edgeAt[row].get(column)!;
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      const ab = shared(a, b);
      for (const [i, x] of ab.entries()) {
        for (const y of ab.slice(i + 1)) {
          const edges = [edge(a, x), edge(b, x), edge(b, y), edge(a, y)];
          cycles.push({ edges, weight: FOUR_CYCLE_WEIGHT * 2 ** (-aceOf(x, y) / 3) });
        }
      }
      for (let c = b + 1; c < rows; c++) {
        const [bc, ac] = [shared(b, c), shared(a, c)];
        for (const x of ab) {
          for (const y of bc) {
            for (const z of ac) {
              if (x === y || y === z || z === x) continue;
              const ace = aceOf(x, y, z);
              if (ace > SIX_CYCLE_ACE_MAX) continue;
              const edges = [edge(a, x), edge(b, x), edge(b, y), edge(c, y), edge(c, z), edge(a, z)];
              cycles.push({ edges, weight: 2 ** (-ace / 3) });
            }
          }
        }
      }
    }
  }
  return cycles;
}
