/**
 * The one place that knows where a Chromium is and how this repository starts it.
 *
 *     node scripts/find-chromium.mjs      prints the path, or one sentence and exit code 1
 */
import { fileURLToPath } from "node:url";
import { findProgram } from "./find-program.mjs";

/** @type {import("./find-program.mjs").Program} */
const CHROMIUM = {
  variable: "CHROME_PATH",
  names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "msedge"],
  mac: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  windows: [
    "Chromium\\Application\\chrome.exe",
    "Google\\Chrome\\Application\\chrome.exe",
    "Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

export const HOW_TO_GET_CHROMIUM =
  "No Chromium was found: install Chromium, Google Chrome or Microsoft Edge, or set CHROME_PATH to the browser's program file.";

/**
 * Flags for every Chromium that a test, a benchmark or the screenshot starts.
 * WebGL runs in software so that pictures do not depend on the machine's graphics card.
 */
export const CHROMIUM_FLAGS = [
  "--headless=new",
  // Chromium refuses to run its sandbox as root, which is what most containers are.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--enable-unsafe-swiftshader",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A microphone that beeps, and nobody who has to be asked.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];

/** @returns {string | undefined} the path of an installed Chromium, Chrome or Edge; `CHROME_PATH` comes first */
export function locateChromium(env = process.env, platform = process.platform) {
  return findProgram(CHROMIUM, env, platform);
}

/** @returns {string} like {@link locateChromium} @throws Error with one sentence that says how to get one */
export function findChromium() {
  const path = locateChromium();
  if (path === undefined) throw new Error(HOW_TO_GET_CHROMIUM);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = locateChromium();
  if (path === undefined) {
    console.error(HOW_TO_GET_CHROMIUM);
    process.exitCode = 1;
  } else {
    console.log(path);
  }
}
