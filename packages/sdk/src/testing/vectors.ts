/**
 * Published test vectors (Wycheproof, X-Wing). They are too large for the repository: `QSEC2_VECTORS_DIR` names the
 * folder that holds them.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const directory: string | undefined = process.env["QSEC2_VECTORS_DIR"] || undefined;

/**
 * Registers a test that gets the JSON of one file of published vectors. Without the variable the test only says, in
 * its title, that the file was not asked for; with it, a file that is missing fails.
 */
export function testVectors(title: string, file: string, check: (json: unknown) => void | Promise<void>): void {
  if (directory === undefined) {
    test(`${title}: not checked, as QSEC2_VECTORS_DIR names no folder with ${file}`, () => {});
    return;
  }
  test(`${title} (${file})`, async () => {
    const path = join(directory, file);
    if (!existsSync(path)) throw new Error(`QSEC2_VECTORS_DIR is set, but '${file}' is not in the folder it names.`);
    await check(JSON.parse(readFileSync(path, "utf8")));
  });
}
