import { readFileSync } from "node:fs";
import { chromeLauncher } from "@web/test-runner-chrome";
import config from "../../web-test-runner.config.mjs";
import { findProgram } from "../find-program.mjs";
import { runBrowserSuite, sum } from "./browser-suite.mjs";

/** @typedef {import("./node-suite.mjs").Counts} Counts */

/** @type {import("../find-program.mjs").Program} */
const FIREFOX = {
  variable: "FIREFOX_PATH",
  names: ["firefox", "firefox-esr"],
  mac: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
  windows: ["Mozilla Firefox\\firefox.exe"],
};

/** A microphone that makes a sound, and nobody who has to be asked. */
const PREFERENCES = { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true };

/**
 * Runs the browser tests in an installed Firefox, but the files that ask the browser for a colour scheme or less motion,
 * which the test runner can do in Chromium alone.
 *
 * @param {readonly string[]} files
 * @returns {Promise<Counts>}
 */
export async function runFirefoxSuite(files) {
  const executablePath = findProgram(FIREFOX);
  if (executablePath === undefined) {
    console.error("No Firefox was found: install it, or set FIREFOX_PATH to its program file.");
    return { passed: 0, failed: 1 };
  }
  const browsers = () => [
    // Despite its name it starts what it is told to.
    chromeLauncher({
      launchOptions: { browser: "firefox", executablePath, headless: true, extraPrefsFirefox: PREFERENCES },
    }),
  ];
  const results = [];
  // A Firefox for each file: a page that is used again may stay at the one before.
  for (const file of files.filter((path) => !readFileSync(path, "utf8").includes("emulateMedia(")))
    results.push(
      await runBrowserSuite({ readFileConfig: false, config: { ...config, files: [file], browsers: browsers() } }),
    );
  return sum(results);
}
