import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeBatches } from "./batches.mjs";

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs test files with Node's own runner, on the TypeScript sources of the packages.
 *
 * @param {readonly string[]} files
 * @param {{ inBatches?: boolean }} [options] whether files may share a process
 * @returns {Promise<Counts>} the runner's own counts; no file, a file without tests or a crash count as failures
 */
export async function runNodeSuite(files, { inBatches = false } = {}) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const folder = await mkdtemp(join(tmpdir(), "qsec2-test-"));
  const report = join(folder, "counts.json");
  try {
    const code = await runNode([
      "--conditions=qsec2:source",
      "--import=tsx",
      "--test",
      // By default the runner leaves one core free.
      `--test-concurrency=${availableParallelism()}`,
      "--test-reporter=spec",
      "--test-reporter-destination=stdout",
      "--test-reporter=./scripts/test/count-reporter.mjs",
      `--test-reporter-destination=${report}`,
      ...(inBatches ? await writeBatches(files, folder) : files),
    ]);
    return counted(await readFile(report, "utf8").catch(() => ""), code, inBatches ? files : []);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string[]} args @returns {Promise<number>} the exit code */
function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string} report @param {number} code
 * @param {readonly string[]} together those that shared a process, of which each has to call for a test itself
 * @returns {Counts}
 */
function counted(report, code, together) {
  if (report.trim() === "") return { passed: 0, failed: 1 };
  const { counts, files, empty } = JSON.parse(report);
  const without = together.length > 0 ? together.filter((file) => !files.includes(resolve(file))) : empty;
  for (const file of without) console.error(`No tests in ${file}`);
  const failed = counts.fail + counts.cancelled + without.length;
  return { passed: counts.pass - empty.length, failed: failed === 0 && code !== 0 ? 1 : failed };
}
