import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Test files that share a process: loading the sources takes as long as many a test. A property runs for long enough to
 * have a process of its own, and they come first, so that no core waits for the last of them.
 */
const FILES_A_BATCH = 12;

/** @param {readonly string[]} files @returns {string[][]} every file once */
export function batchesOf(files) {
  const isProperty = (/** @type {string} */ file) => file.endsWith(".property.test.ts");
  const alone = files.filter(isProperty).map((file) => [file]);
  const others = files.filter((file) => !isProperty(file));
  const together = Array.from({ length: Math.ceil(others.length / FILES_A_BATCH) }, (_, index) =>
    others.slice(index * FILES_A_BATCH, (index + 1) * FILES_A_BATCH),
  );
  return [...alone, ...together];
}

/**
 * Writes one module for each batch, which imports the files of the batch.
 *
 * @param {readonly string[]} files @param {string} folder @returns {Promise<string[]>} the modules, in order
 */
export function writeBatches(files, folder) {
  return Promise.all(
    batchesOf(files).map(async (batch, index) => {
      const path = join(folder, `batch-${index + 1}.test.mjs`);
      const imports = batch.map((file) => `await import(${JSON.stringify(pathToFileURL(resolve(file)).href)});\n`);
      await writeFile(path, imports.join(""));
      return path;
    }),
  );
}
