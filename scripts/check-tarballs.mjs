/**
 * Packs the packages and looks at the tarballs: whether every way to import them finds types and code
 * (`@arethetypeswrong/cli`), whether what a consumer needs is in them, and whether programs that use them compile in
 * strict projects that check the declarations of their dependencies too (`scripts/consumer`).
 *
 *     node scripts/check-tarballs.mjs       needs a build
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installPacked, packAll } from "./packed.mjs";

const ATTW = "node_modules/@arethetypeswrong/cli/dist/index.js";
const NEEDED = ["README.md", "LICENSE", "package.json"];
/** Types that the programs are compiled with, in the versions of this repository. */
const FROM_HERE = ["typescript", "@types/node", "@types/react", "vue"];

const folder = mkdtempSync(join(tmpdir(), "qsec2-packed-"));
let problems = 0;
try {
  const tarballs = await packAll(folder);
  for (const [name, file] of Object.entries(tarballs)) {
    problems += lacks(name, file);
    check(`types of ${name}`, [ATTW, file, "--profile", "esm-only", "--format", "ascii", "--no-color"]);
  }
  const consumer = join(folder, "consumer");
  cpSync("scripts/consumer", consumer, { recursive: true });
  writeFileSync(join(consumer, "package.json"), JSON.stringify(consumerManifest(Object.keys(tarballs))));
  await installPacked(consumer, tarballs);
  for (const project of ["browser", "node"]) {
    const config = join(consumer, `tsconfig.${project}.json`);
    check(`a strict project for ${project}`, [resolve("node_modules/typescript/bin/tsc"), "-p", config]);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`tarballs: ${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;

/** @param {readonly string[]} names */
function consumerManifest(names) {
  const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const own = names.map((name) => [name, "*"]);
  const others = FROM_HERE.map((name) => [name, devDependencies[name]]);
  return { private: true, type: "module", dependencies: Object.fromEntries([...own, ...others]) };
}

/** @param {string} name @param {string} file @returns {number} how many files that belong in it are not in it */
function lacks(name, file) {
  const listed = execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).split("\n");
  const { exports } = JSON.parse(readFileSync(join("packages", name.split("/")[1], "package.json"), "utf8"));
  const targets = JSON.stringify(exports).match(/"\.\/(dist|src)[^"]*"/g) ?? [];
  const files = [...NEEDED, ...targets.map((target) => target.slice(3, -1))];
  const missing = files.filter((path) => !listed.includes(`package/${path}`));
  for (const path of missing) console.error(`${name}: ${path} is not in the tarball`);
  console.log(`${name}: ${listed.length - 1} files`);
  return missing.length;
}

/** @param {string} what @param {readonly string[]} args of Node */
function check(what, args) {
  try {
    execFileSync(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
    console.log(`${what}: no problems`);
  } catch (error) {
    const { stdout = "", stderr = "" } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    console.error(`${what}:\n${stdout}${stderr}`);
    problems += 1;
  }
}
