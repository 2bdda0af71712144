/** How many base columns have each degree: [degree, columns]. */
export type DegreeProfile = readonly (readonly [degree: number, columns: number])[];

/** The base rows of each base column, both rising. */
export type BaseGraph = readonly (readonly number[])[];

/** Weight of a shared pair of rows against one more edge in a row; found by trying. */
const SHARED_WEIGHT = 1.5;

/**
 * Places the edges of a base matrix one by one, columns of low degree first, each edge in the row that has the fewest
 * edges and shares the fewest columns with the rows this column is in already: progressive edge growth (Hu, Eleftheriou
 * and Arnold 2005) on the base graph. Row degrees come out concentrated.
 *
 * Columns of degree 2 form one open chain, row i to row i + 1: a cycle through them alone would be a word of low weight
 * that no decoder can tell from another.
 */
export function placeEdges(rows: number, profile: DegreeProfile, random: () => number): BaseGraph {
  const rowDegrees = new Array<number>(rows).fill(0);
  const shared = Array.from({ length: rows }, () => new Array<number>(rows).fill(0));
  const cost = (row: number, chosen: readonly number[]): number =>
    rowDegrees[row] + chosen.reduce((sum, other) => sum + SHARED_WEIGHT * shared[row][other], 0) + random() / 4;

  const columns: number[][] = [];
  for (const degree of degreesOf(profile)) {
    const chosen = degree === 2 && columns.length < rows - 1 ? [columns.length, columns.length + 1] : [];
    while (chosen.length < degree) chosen.push(cheapest(rows, chosen, cost));
    for (const row of chosen) {
      rowDegrees[row]++;
      for (const other of chosen) if (other !== row) shared[row][other]++;
    }
    columns.push(chosen.sort((a, b) => a - b));
  }
  return spread(columns);
}

function degreesOf(profile: DegreeProfile): number[] {
  return profile.flatMap(([degree, columns]) => new Array<number>(columns).fill(degree)).sort((a, b) => a - b);
}

function cheapest(rows: number, chosen: readonly number[], cost: (row: number, of: readonly number[]) => number) {
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < rows; row++) {
    const at = chosen.includes(row) ? Infinity : cost(row, chosen);
    if (at < least) [best, least] = [row, at];
  }
  return best;
}

/** Orders the columns so that every run of neighbours has about the mixture of degrees of the whole: shortening removes the last ones. */
function spread(columns: readonly (readonly number[])[]): BaseGraph {
  const placeOf = (column: readonly number[]): number => {
    const alike = columns.filter(({ length }) => length === column.length);
    return (alike.indexOf(column) + 0.5) / alike.length;
  };
  return [...columns].sort((a, b) => placeOf(a) - placeOf(b) || a.length - b.length);
}
