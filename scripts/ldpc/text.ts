import type { Edge } from "./cycles.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LAST_OF_COLUMN = 1024;

/**
 * Three characters of base64url an edge, column by column: the row, then eleven bits: 1 on the last edge of a column, and
 * the shift.
 */
export function textOf(edges: readonly Edge[]): string {
  return edges
    .map(({ row, column, shift }, i) => {
      const value = shift + (edges[i + 1]?.column === column ? 0 : LAST_OF_COLUMN);
      return ALPHABET[row] + ALPHABET[value >>> 6] + ALPHABET[value & 63];
    })
    .join("");
}
