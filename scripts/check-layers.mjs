/**
 * Refuses an import that runs against the layers of `docs/architecture.md`, a cycle between source files, and a source
 * file that is too long.
 *
 *     node scripts/check-layers.mjs
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { filesBelow } from "./files.mjs";

const LINES_MAX = 350;

/**
 * What each folder of the SDK may import besides itself.
 * @type {Record<string, readonly string[]>}
 */
const SDK = {
  wire: [],
  transport: ["wire"],
  crypto: ["wire"],
  storage: ["wire"],
  bb84: ["wire"],
  handshake: ["bb84", "crypto", "wire"],
  qkd: ["handshake", "wire"],
  chat: ["crypto", "wire"],
  attachments: ["handshake", "crypto", "transport", "wire"],
  room: ["attachments", "chat", "handshake", "bb84", "crypto", "transport", "wire"],
  identity: ["room", "storage", "crypto", "wire"],
  history: ["room", "storage", "crypto", "wire"],
  session: [
    "history",
    "identity",
    "room",
    "storage",
    "chat",
    "attachments",
    "handshake",
    "bb84",
    "crypto",
    "transport",
    "wire",
  ],
};

/**
 * What each package may import of the others.
 * @type {Record<string, readonly string[]>}
 */
const PACKAGES = {
  sdk: [],
  // The engine alone, for the channel laboratory and for the bound that a sample gives.
  widget: ["@qsec2/sdk", "@qsec2/sdk/bb84"],
  relay: ["@qsec2/sdk/wire"],
};

/** The relay's pages run in the browser and are applications of the widget. */
const PAGES = "packages/relay/src/pages/browser/";
const PAGES_MAY_IMPORT = ["@qsec2/sdk", "@qsec2/sdk/wire", "@qsec2/widget", "@qsec2/widget/define"];

const sources = filesBelow("packages", ".ts")
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.includes("/src/"));
const isProduct = (/** @type {string} */ file) => !file.endsWith(".test.ts") && !file.includes("/testing/");

/** @type {string[]} */
const problems = [];
/** @type {Map<string, string[]>} */
const graph = new Map();

for (const file of sources) {
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n").length - 1;
  if (lines > LINES_MAX) problems.push(`${file} has ${lines} lines; at most ${LINES_MAX}, so it is two subjects.`);
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  if (!isProduct(file)) continue;
  for (const name of imports) checkImport(file, name);
  graph.set(
    file,
    imports.flatMap((name) => resolveRelative(file, name) ?? []),
  );
}
for (const cycle of cycles(graph)) problems.push(`Import cycle: ${cycle.join(" → ")}`);

for (const problem of problems) console.error(problem);
console.log(`${sources.length} source files, ${problems.length} problems with layers, cycles or length`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {string} file @param {string} name */
function checkImport(file, name) {
  const target = resolveRelative(file, name);
  if (target !== undefined) {
    if (!isProduct(target)) problems.push(`${file} imports ${target}, which is for tests.`);
    const problem = sdkProblem(file, target);
    if (problem !== undefined) problems.push(problem);
    return;
  }
  if (name.startsWith(".")) {
    if (!existsSync(join(dirname(file), name))) problems.push(`${file} imports ${name}, which does not exist.`);
    return;
  }
  if (!name.startsWith("@qsec2/")) return;
  const allowed = file.startsWith(PAGES) ? PAGES_MAY_IMPORT : packageOf(file);
  if (!allowed.includes(name)) problems.push(`${file} may not import ${name}.`);
}

/** @param {string} file @returns {readonly string[]} */
function packageOf(file) {
  return PACKAGES[placeOf(file).name] ?? [];
}

/** @param {string} file @param {string} target @returns {string | undefined} */
function sdkProblem(file, target) {
  const [from, to] = [placeOf(file), placeOf(target)];
  if (from.name !== to.name) return `${file} reaches into another package: ${target}`;
  // `src/index.ts` re-exports from all floors.
  if (from.name !== "sdk" || from.folder === to.folder || from.folder === "index.ts") return undefined;
  const allowed = SDK[from.folder];
  if (allowed === undefined) return `${file} is in a folder that has no floor in scripts/check-layers.mjs.`;
  return allowed.includes(to.folder) ? undefined : `${file} (${from.folder}) may not import ${target} (${to.folder}).`;
}

/** @param {string} file `packages/<name>/src/<folder>/…` */
function placeOf(file) {
  const [, name = "", , folder = ""] = file.split("/");
  return { name, folder };
}

/** @param {string} file @param {string} name @returns {string | undefined} the source file that a relative import means */
function resolveRelative(file, name) {
  if (!name.startsWith(".") || !name.endsWith(".js")) return undefined;
  const path = relative(".", join(dirname(file), name.replace(/\.js$/, ".ts")))
    .split(sep)
    .join("/");
  return existsSync(path) ? path : undefined;
}

/** @param {Map<string, string[]>} edges @returns {string[][]} one path for each cycle that a depth-first walk meets */
function cycles(edges) {
  /** @type {string[][]} */
  const found = [];
  const done = new Set();
  /** @type {string[]} */
  const path = [];
  const visit = (/** @type {string} */ file) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of edges.keys()) visit(file);
  return found;
}
