/**
 * Disables one security check at a time in a copy of the SDK and requires that a named test fails there.
 *
 *     npm run test:mutants             all of them; the last line is `N passed, N failed`
 *     npm run test:mutants padding     those whose name contains a word
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MUTANTS } from "./mutants/list.mjs";

/** Inside the repository, so that the copy finds the same dependencies. */
const COPY = resolve(".mutants");
const SOURCES = join("packages", "sdk", "src");

rmSync(COPY, { recursive: true, force: true });
mkdirSync(join(COPY, SOURCES), { recursive: true });
cpSync(SOURCES, join(COPY, SOURCES), { recursive: true });
cpSync(join("packages", "sdk", "package.json"), join(COPY, "packages", "sdk", "package.json"));
symlinkSync(resolve("docs"), join(COPY, "docs"), "dir");

const words = process.argv.slice(2);
const chosen = MUTANTS.filter(({ check }) => words.length === 0 || words.some((word) => check.includes(word)));
let [passed, failed] = [0, 0];
/** What fails without any mutation, by test file. @type {Map<string, readonly string[]>} */
const before = new Map();

try {
  for (const mutant of chosen) {
    const problem = problemWith(mutant);
    if (problem === null) passed++;
    else failed++;
    console.log(
      `${problem === null ? "noticed " : "SURVIVED"}  ${mutant.check}${problem === null ? "" : `: ${problem}`}`,
    );
  }
} finally {
  rmSync(COPY, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
if (failed > 0 || chosen.length === 0) process.exitCode = 1;

/**
 * @param {import("./mutants/list.mjs").Mutant} mutant
 * @returns {string | null} what is wrong, or null when the named test fails because of the mutation alone
 */
function problemWith({ file, find, replace, tests, named }) {
  const path = join(COPY, SOURCES, file);
  const original = readFileSync(path, "utf8");
  if (original.split(find).length !== 2) return `its text does not stand once in ${file}`;
  if (!before.has(tests)) before.set(tests, failures(tests));
  if (before.get(tests)?.some((title) => title.includes(named))) return `'${named}' fails without the mutation`;
  writeFileSync(
    path,
    original.replace(find, () => replace),
  );
  try {
    return failures(tests, named).some((title) => title.includes(named))
      ? null
      : `'${named}' in ${tests} does not fail`;
  } finally {
    writeFileSync(path, original);
  }
}

/** @param {string} tests @param {string} [named] runs only the tests with this in their title @returns {string[]} the titles of the tests that fail */
function failures(tests, named = "") {
  const pattern = named === "" ? [] : ["--test-name-pattern", named.replaceAll(/[[\]().]/g, "\\$&")];
  const { stdout } = spawnSync(
    process.execPath,
    [
      "--conditions=qsec2:source",
      "--import",
      "tsx",
      "--test",
      "--test-reporter=tap",
      ...pattern,
      join(COPY, SOURCES, tests),
    ],
    { encoding: "utf8", env: { ...process.env, NODE_TEST_CONTEXT: undefined } },
  );
  if (!/^# pass [1-9]/m.test(stdout) && !/^# fail [1-9]/m.test(stdout)) return [`${tests} does not run`];
  return stdout.split("\n").flatMap((line) => /^\s*not ok \d+ - (.*)$/.exec(line)?.[1] ?? []);
}
