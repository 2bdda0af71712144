/** Subresource Integrity: what a page writes beside the address of a file that another site delivers. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes `integrity.json` beside the widget's files for browsers: path below the folder → `sha384-…`.
 *
 * @param {string} folder @returns {Record<string, string>} what it has written
 */
export function writeIntegrity(folder) {
  const own = readdirSync(folder).filter((name) => /^qsec-.*\.js$/.test(name));
  const files = [...own, ...readdirSync(join(folder, "cdn")).map((name) => `cdn/${name}`)].sort();
  const hashes = Object.fromEntries(files.map((file) => [file, integrityOf(readFileSync(join(folder, file)))]));
  writeFileSync(join(folder, "integrity.json"), `${JSON.stringify(hashes, null, 2)}\n`);
  return hashes;
}

/** @param {Uint8Array} bytes @returns {string} for the attribute `integrity` */
function integrityOf(bytes) {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}
