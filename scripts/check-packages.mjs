/**
 * Looks at each package as a consumer would get it: publint's rules, and an import in a process without a DOM.
 *
 *     node scripts/check-packages.mjs       needs a build
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const ENTRY_POINTS = {
  sdk: ["@qsec2/sdk", "@qsec2/sdk/wire", "@qsec2/sdk/bb84", "@qsec2/sdk/qkd"],
  widget: ["@qsec2/widget", "@qsec2/widget/define", "@qsec2/widget/lab", "@qsec2/widget/react", "@qsec2/widget/vue"],
  relay: ["@qsec2/relay"],
};

let problems = 0;
for (const [name, entryPoints] of Object.entries(ENTRY_POINTS)) {
  problems += await lintPackage(name);
  for (const entryPoint of entryPoints) problems += importsWithoutDom(entryPoint) ? 0 : 1;
}
problems += untoldElements();
console.log(`${Object.keys(ENTRY_POINTS).length} packages, ${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;

/** @param {string} name @returns {Promise<number>} how many problems publint has found, warnings included */
async function lintPackage(name) {
  const pkg = JSON.parse(readFileSync(`packages/${name}/package.json`, "utf8"));
  const { messages } = await publint({ pkgDir: `packages/${name}`, strict: true });
  for (const message of messages) console.error(`packages/${name}: ${message.type}: ${formatMessage(message, pkg)}`);
  console.log(`publint packages/${name}: ${messages.length} problems`);
  return messages.length;
}

/** @returns {number} how many elements are defined and not in `custom-elements.json` */
function untoldElements() {
  const manifest = JSON.parse(readFileSync("packages/widget/dist/custom-elements.json", "utf8"));
  const declarations = manifest.modules.flatMap((/** @type {any} */ module) => module.declarations ?? []);
  const told = new Set(declarations.map((/** @type {any} */ declaration) => declaration.tagName));
  const source = readFileSync("packages/widget/src/define-elements.ts", "utf8");
  const defined = [...source.matchAll(/^ {2}"(qsec-[a-z0-9-]+)":/gm)].map(([, name]) => name);
  const untold = defined.filter((name) => !told.has(name));
  for (const name of untold) console.error(`custom-elements.json does not tell of <${name}>.`);
  console.log(`custom-elements.json: ${defined.length - untold.length} of ${defined.length} elements`);
  return untold.length;
}

/** @param {string} entryPoint */
function importsWithoutDom(entryPoint) {
  try {
    execFileSync(process.execPath, ["--input-type=module", "--eval", `await import(${JSON.stringify(entryPoint)})`], {
      stdio: ["ignore", "inherit", "inherit"],
      timeout: 30_000,
    });
    console.log(`import ${entryPoint}: works without a DOM`);
    return true;
  } catch (error) {
    console.error(`import ${entryPoint}: fails in Node: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
