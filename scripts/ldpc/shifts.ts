import { LIFTS } from "../../packages/sdk/src/bb84/ldpc/lifts.js";
import type { BaseGraph } from "./base-graph.js";
import { cyclesOf, edgesOf, type Cycle, type Edge } from "./cycles.js";

/** Shifts are below this: ten bits. */
export const SHIFTS = 1024;
const SWEEPS = 3;

/** The sizes k · 2 and k · 2³: shifts that cancel for a size cancel for its divisors too, so larger sizes are no worse. */
const SIZES = LIFTS.filter((lift) => (lift >= 32 && lift < 64) || (lift >= 128 && lift < 256));

/**
 * Chooses the shift of each circulant for several lifting sizes at once (a size uses the shift modulo itself): starts at
 * random and gives one edge after the other the shift that leaves the least weight of cycles of 4 and 6, until nothing
 * changes. A size counts with its square root, the middle between cycles of the base graph and of the lifted one.
 */
export function chooseShifts(graph: BaseGraph, rows: number, random: () => number): Edge[] {
  const edges = edgesOf(graph);
  for (const edge of edges) edge.shift = Math.floor(random() * SHIFTS);
  const through = cyclesThrough(cyclesOf(graph, rows), edges.length);
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    for (const [index, edge] of edges.entries()) {
      const before = edge.shift;
      edge.shift = bestShift(edges, through[index], index, Math.floor(random() * SHIFTS));
      moved ||= edge.shift !== before;
    }
  }
  return edges;
}

function cyclesThrough(cycles: readonly Cycle[], edges: number): Cycle[][] {
  const through = Array.from({ length: edges }, (): Cycle[] => []);
  for (const cycle of cycles) for (const edge of cycle.edges) through[edge].push(cycle);
  return through;
}

/** @param first where to begin, so that ties do not all fall to shift 0 */
function bestShift(edges: readonly Edge[], cycles: readonly Cycle[], index: number, first: number): number {
  const costs = SIZES.map((lift) => new Float64Array(lift));
  for (const cycle of cycles) {
    const closing = closingShift(edges, cycle, index);
    SIZES.forEach((lift, i) => (costs[i][modulo(closing, lift)] += cycle.weight * Math.sqrt(lift)));
  }
  const costOf = (shift: number): number => SIZES.reduce((sum, lift, i) => sum + costs[i][shift % lift], 0);
  let best = edges[index].shift;
  let least = costOf(best);
  for (let i = 0; i < SHIFTS; i++) {
    const shift = (first + i) % SHIFTS;
    const cost = costOf(shift);
    if (cost < least - 1e-9) [best, least] = [shift, cost];
  }
  return best;
}

/** The shift of one edge with which the shifts of a cycle cancel. */
function closingShift(edges: readonly Edge[], cycle: Cycle, index: number): number {
  let others = 0;
  let ownSign = 1;
  cycle.edges.forEach((edge, i) => {
    const sign = i % 2 === 0 ? 1 : -1;
    if (edge === index) ownSign = sign;
    else others += sign * edges[edge].shift;
  });
  return -others * ownSign;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
