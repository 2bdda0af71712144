/**
 * Builds everything: WebAssembly from its text, the packages with `tsc -b`, then, where an input is newer than the
 * outputs, the files for browsers with rollup. What is up to date stays as it is.
 *
 *     node scripts/build.mjs
 */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "./files.mjs";
import { generateWasm } from "./wasm/generate.mjs";

const PAGES_SOURCE = "packages/relay/src/pages/browser";
const PAGES = "packages/relay/dist/pages";
const MANIFEST = "packages/widget/dist/custom-elements.json";
const MANIFEST_CONFIG = "custom-elements-manifest.config.mjs";
const BUNDLES = ["packages/widget/dist/qsec-room.js", `${PAGES}/landing.js`, `${PAGES}/room.js`];
const BUNDLE_INPUTS = ["packages/sdk/dist", "packages/widget/dist/esm", "packages/relay/dist/.pages"];

/** Builds what is out of date. @throws Error when a step fails */
export async function build() {
  generateWasm();
  await run("node_modules/typescript/bin/tsc", ["-b", "tsconfig.json", "packages/relay/tsconfig.pages.json"]);
  copyPages();
  await writeManifest();
  if (bundlesAreFresh()) return;
  await run("node_modules/rollup/dist/bin/rollup", ["--config", "rollup.config.mjs", "--silent"]);
}

function copyPages() {
  mkdirSync(PAGES, { recursive: true });
  for (const suffix of [".html", ".css"]) {
    for (const file of filesBelow(PAGES_SOURCE, suffix)) copyFileSync(file, join(PAGES, basename(file)));
  }
}

/** What the elements take, tell and show, for editors and other tools: `custom-elements.json`. */
async function writeManifest() {
  if (isNewerThan(MANIFEST, [MANIFEST_CONFIG, ...filesBelow("packages/widget/src", ".ts")])) return;
  await run("node_modules/@custom-elements-manifest/analyzer/cem.js", ["analyze"]);
}

/** @param {string} output @param {string[]} inputs */
function isNewerThan(output, inputs) {
  return existsSync(output) && inputs.every((file) => changed(file) < changed(output));
}

function bundlesAreFresh() {
  if (!BUNDLES.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...BUNDLES.map(changed));
  const inputs = [
    ...BUNDLE_INPUTS.flatMap((folder) => filesBelow(folder, ".js")),
    "rollup.config.mjs",
    "package-lock.json",
  ];
  return inputs.every((file) => changed(file) < oldest);
}

/** @param {string} file @returns {number} milliseconds since 1970 */
function changed(file) {
  return statSync(file).mtimeMs;
}

/** @param {string} script @param {string[]} args @returns {Promise<void>} */
function run(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`${basename(script)} failed`))));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().catch((/** @type {Error} */ error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
