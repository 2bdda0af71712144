/**
 * Makes the base matrices of the LDPC codes again, from a seed; half a minute.
 *
 *     npm run ldpc-codes                 writes packages/sdk/src/bb84/ldpc/base-matrices.ts
 *     npm run ldpc-codes -- --check      compares with it; exit code 1 on any difference
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { CODE_DESIGNS } from "./degrees.js";
import { makeMatrix } from "./matrices.js";

const FILE = new URL("../../packages/sdk/src/bb84/ldpc/base-matrices.ts", import.meta.url);

const asked = process.argv.slice(2);
const check = asked.includes("--check");
const unknown = asked.filter((option) => option !== "--check");

if (unknown.length > 0) {
  console.error(`There is no option "${unknown.join('", "')}"; the only one is --check.`);
  process.exitCode = 2;
} else {
  const text = fileOf(CODE_DESIGNS.map(makeMatrix));
  if (!check) {
    writeFileSync(FILE, text);
    console.log(`base-matrices.ts: written, ${CODE_DESIGNS.length} codes, ${text.length} characters`);
  } else if (existsSync(FILE) && readFileSync(FILE, "utf8") === text) {
    console.log("base-matrices.ts: as the script makes it");
  } else {
    console.error("base-matrices.ts differs from what the script makes.");
    process.exitCode = 1;
  }
}

function fileOf(matrices: readonly ReturnType<typeof makeMatrix>[]): string {
  const lines = matrices.map(
    ({ rows, columns, edges }) => `  { rows: ${rows}, columns: ${columns}, edges: "${edges}" },`,
  );
  return `/**
 * Made by \`npm run ldpc-codes\`. Base matrices, the highest rate first: the edges column by column, three characters of
 * base64url each, a row and eleven bits: 1 on the last edge of a column, and the shift of the circulant.
 */
// prettier-ignore
export const BASE_MATRICES: readonly { readonly rows: number; readonly columns: number; readonly edges: string }[] = [
${lines.join("\n")}
];
`;
}
