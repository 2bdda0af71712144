import { startTestRunner } from "@web/test-runner";

/** @typedef {import("./node-suite.mjs").Counts} Counts */
/** @typedef {import("@web/test-runner").TestSession} TestSession */
/** @typedef {import("@web/test-runner").TestSuiteResult} TestSuiteResult */

/**
 * Runs the browser tests of `web-test-runner.config.mjs`, or of the configuration that is given.
 *
 * @param {Parameters<typeof startTestRunner>[0]} options
 * @returns {Promise<Counts>} tests that ran; a file that did not load or run to its end counts as one failure
 */
export async function runBrowserSuite(options = {}) {
  const runner = await startTestRunner({ readCliArgs: false, autoExitProcess: false, ...options });
  if (runner === undefined || runner.stopped) return { passed: 0, failed: 1 };
  const allPassed = await new Promise((resolve) => runner.on("stopped", resolve));
  const counts = sum(Array.from(runner.sessions.all(), countSession));
  return { passed: counts.passed, failed: counts.failed === 0 && allPassed !== true ? 1 : counts.failed };
}

/** @param {TestSession} session @returns {Counts} */
function countSession(session) {
  const counts = session.testResults === undefined ? { passed: 0, failed: 0 } : countResults(session.testResults);
  const silent = session.passed !== true && counts.failed === 0;
  const empty = counts.passed + counts.failed === 0;
  if (empty) console.error(`No tests in ${session.testFile}`);
  return silent || empty ? { passed: counts.passed, failed: 1 } : counts;
}

/** @param {TestSuiteResult} suite @returns {Counts} */
function countResults(suite) {
  const own = suite.tests
    .filter((test) => !test.skipped)
    .map((test) => ({ passed: test.passed ? 1 : 0, failed: test.passed ? 0 : 1 }));
  return sum([...own, ...suite.suites.map(countResults)]);
}

/** @param {readonly Counts[]} list @returns {Counts} */
export function sum(list) {
  return {
    passed: list.reduce((total, { passed }) => total + passed, 0),
    failed: list.reduce((total, { failed }) => total + failed, 0),
  };
}
