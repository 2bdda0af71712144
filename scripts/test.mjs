/**
 * Runs the tests and prints `N passed, N failed`, the runners' own counts, alone on the last line.
 *
 *     node scripts/test.mjs                  unit, browser and end-to-end tests
 *     node scripts/test.mjs unit [words…]    one suite; only files whose path contains one of the words
 *
 * Suites: `unit` (Node, beside the sources), `browser` (in Chromium, beside the sources), `firefox` (the same in Firefox), `e2e` (`tests/`, a real relay
 * and real browsers), `examples` (`tests/examples/`, installed from the packed packages; asks the registry for what else
 * they need), `long` (`*.long.test.ts`: many runs, large rooms; and `*.property.test.ts`, which `unit` runs for
 * 100 inputs each, for 10,000 fresh ones).
 */
import { filesBelow } from "./files.mjs";
import { runBrowserSuite, sum } from "./test/browser-suite.mjs";
import { runFirefoxSuite } from "./test/firefox-suite.mjs";
import { runNodeSuite } from "./test/node-suite.mjs";
import { build } from "./build.mjs";

/** @typedef {import("./test/node-suite.mjs").Counts} Counts */

const isLong = (/** @type {string} */ file) => file.endsWith(".long.test.ts");
const isExample = (/** @type {string} */ file) => file.includes("tests/examples/");
const isProperty = (/** @type {string} */ file) => file.endsWith(".property.test.ts");

const SUITES = {
  unit: {
    needsBuild: true,
    run: () => {
      const files = testFiles("packages").filter((file) => !/\.(browser|long)\.test\.ts$/.test(file));
      return runNodeSuite(chosen(files), { inBatches: true });
    },
  },
  browser: { needsBuild: true, run: runBrowserSuite },
  firefox: {
    needsBuild: true,
    run: () => runFirefoxSuite(chosen(testFiles("packages").filter((file) => file.endsWith(".browser.test.ts")))),
  },
  e2e: {
    needsBuild: true,
    run: () => runNodeSuite(chosen(testFiles("tests").filter((file) => !isLong(file) && !isExample(file)))),
  },
  examples: {
    needsBuild: true,
    run: () => runNodeSuite(chosen(testFiles("tests").filter(isExample))),
  },
  long: {
    needsBuild: true,
    run: async () => {
      const files = chosen([...testFiles("packages"), ...testFiles("tests")]);
      process.env["QSEC2_PROPERTY_RUNS"] ??= "10000";
      return runNodeSuite(files.filter((file) => isLong(file) || isProperty(file)));
    },
  },
};
const BY_DEFAULT = /** @type {const} */ (["unit", "browser", "e2e"]);

const [suite, ...words] = process.argv.slice(2);

/** @param {string} folder */
function testFiles(folder) {
  return filesBelow(folder, ".test.ts");
}

/** @param {readonly string[]} files */
function chosen(files) {
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)));
}

/** @param {keyof typeof SUITES} name @returns {Promise<Counts>} */
async function runSuite(name) {
  console.log(`\n# ${name}\n`);
  const counts = await SUITES[name].run();
  console.log(`\n# ${name}: ${counts.passed} passed, ${counts.failed} failed`);
  if (counts.passed + counts.failed > 0) return counts;
  console.error(`The suite "${name}" has no tests.`);
  return { passed: 0, failed: 1 };
}

/** @param {readonly (keyof typeof SUITES)[]} names */
async function runSuites(names) {
  if (names.some((name) => SUITES[name].needsBuild)) await build();
  /** @type {Counts[]} */
  const results = [];
  for (const name of names) results.push(await runSuite(name));
  const { passed, failed } = sum(results);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

if (suite === undefined) {
  await runSuites(BY_DEFAULT);
} else if (Object.hasOwn(SUITES, suite)) {
  await runSuites([/** @type {keyof typeof SUITES} */ (suite)]);
} else {
  console.error(`There is no suite "${suite}"; choose one of ${Object.keys(SUITES).join(", ")}.`);
  process.exit(2);
}
