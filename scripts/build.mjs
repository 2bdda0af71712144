/**
 * Builds everything: WebAssembly from its text, the packages with `tsc -b`, then, where an input is newer than the
 * outputs, the files for browsers with rollup. What is up to date stays as it is. Prints the hashes with which a page
 * can hold a CDN to the widget's files.
 *
 *     node scripts/build.mjs
 */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cssData, elementsOf, htmlData } from "./editor-data.mjs";
import { filesBelow } from "./files.mjs";
import { writeIntegrity } from "./integrity.mjs";
import { generateWasm } from "./wasm/generate.mjs";

const PAGES_SOURCE = "packages/relay/src/pages/browser";
const PAGES = "packages/relay/dist/pages";
const WIDGET = "packages/widget/dist";
const MANIFEST = `${WIDGET}/custom-elements.json`;
const EDITOR_DATA = [`${WIDGET}/html-data.json`, `${WIDGET}/css-data.json`];
const MANIFEST_CONFIG = "custom-elements-manifest.config.mjs";
const ON_DEMAND = ["qsec-charts.js", "qsec-sphere.js"];
const BUNDLES = [
  `${WIDGET}/qsec-room.js`,
  `${WIDGET}/cdn/qsec-room.js`,
  `${PAGES}/landing.js`,
  `${PAGES}/room.js`,
  ...[WIDGET, PAGES].flatMap((folder) => ON_DEMAND.map((file) => `${folder}/${file}`)),
];
const BUNDLE_INPUTS = ["packages/sdk/dist", `${WIDGET}/esm`, "packages/relay/dist/.pages"];

/** Builds what is out of date. @returns path → hash of the widget's files for browsers @throws Error when a step fails */
export async function build() {
  generateWasm();
  await run("node_modules/typescript/bin/tsc", ["-b", "tsconfig.json", "packages/relay/tsconfig.pages.json"]);
  copyPages();
  await writeManifest();
  if (!bundlesAreFresh()) await bundle();
  return writeIntegrity(WIDGET);
}

async function bundle() {
  // Names of chunks carry a hash: those of the build before would stay.
  rmSync(`${WIDGET}/cdn`, { recursive: true, force: true });
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
  const inputs = [MANIFEST_CONFIG, "scripts/editor-data.mjs", ...filesBelow("packages/widget/src", ".ts")];
  if ([MANIFEST, ...EDITOR_DATA].every((file) => isNewerThan(file, inputs))) return;
  await run("node_modules/@custom-elements-manifest/analyzer/cem.js", ["analyze"]);
  const elements = elementsOf(JSON.parse(readFileSync(MANIFEST, "utf8")));
  for (const [i, data] of [htmlData(elements), cssData(elements)].entries()) {
    writeFileSync(EDITOR_DATA[i], `${JSON.stringify(data, null, 2)}\n`);
  }
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
    "scripts/bundle.mjs",
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
  try {
    const hashes = await build();
    for (const file of ["qsec-room.js", "cdn/qsec-room.js"]) console.log(`${WIDGET}/${file} ${hashes[file]}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
