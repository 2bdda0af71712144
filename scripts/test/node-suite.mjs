import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs test files with Node's own runner, on the TypeScript sources of the packages.
 *
 * @param {readonly string[]} files
 * @param {{ concurrency?: number }} [options] how many files at a time; by default one for each core: the runner itself leaves one free
 * @returns {Promise<Counts>} the runner's own counts; no file, a file without tests or a crash count as failures
 */
export async function runNodeSuite(files, { concurrency = availableParallelism() } = {}) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const folder = await mkdtemp(join(tmpdir(), "qsec2-test-"));
  const report = join(folder, "counts.json");
  try {
    const code = await runNode([
      "--conditions=qsec2:source",
      "--import=tsx",
      "--test",
      `--test-concurrency=${concurrency}`,
      "--test-reporter=spec",
      "--test-reporter-destination=stdout",
      "--test-reporter=./scripts/test/count-reporter.mjs",
      `--test-reporter-destination=${report}`,
      ...files,
    ]);
    return counted(await readFile(report, "utf8").catch(() => ""), code);
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

/** @param {string} report @param {number} code @returns {Counts} */
function counted(report, code) {
  if (report.trim() === "") return { passed: 0, failed: 1 };
  const { counts, empty } = JSON.parse(report);
  for (const file of empty) console.error(`No tests in ${file}`);
  const passed = counts.pass - empty.length;
  const failed = counts.fail + counts.cancelled + empty.length;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
