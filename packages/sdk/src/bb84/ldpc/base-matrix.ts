import { BASE_MATRICES } from "./base-matrices.js";

/** A circulant of a base matrix: the identity of lift × lift, its columns shifted by `shift` modulo the lift. */
export interface Circulant {
  readonly row: number;
  readonly column: number;
  /** 0 … 1,023 */
  readonly shift: number;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LAST_OF_COLUMN = 1024;

/** How many base matrices there are; their indices rise as their rates fall. */
export const LDPC_CODES = BASE_MATRICES.length;

/** Rows and columns of a base matrix: its code has the rate 1 − rows / columns. */
export function baseSize(index: number): { readonly rows: number; readonly columns: number } {
  const { rows, columns } = BASE_MATRICES[index];
  return { rows, columns };
}

/** The circulants of a base matrix, column by column. */
export function circulantsOf(index: number): Circulant[] {
  return parseCirculants(BASE_MATRICES[index].edges);
}

/** Reads the text of a base matrix; the text is ours and is not checked. */
export function parseCirculants(edges: string): Circulant[] {
  const sextet = (at: number): number => ALPHABET.indexOf(edges[at]);
  let column = 0;
  return Array.from({ length: edges.length / 3 }, (_, edge) => {
    const value = (sextet(3 * edge + 1) << 6) | sextet(3 * edge + 2);
    const circulant = { row: sextet(3 * edge), column, shift: value & (LAST_OF_COLUMN - 1) };
    if (value & LAST_OF_COLUMN) column++;
    return circulant;
  });
}
