/**
 * Runs an example. What it asks for and this repository has is used as it is; otherwise the packages are packed and
 * installed in the example's folder, as they come from a registry, with what else it needs.
 *
 *     npm run example                       names them
 *     npm run example react                 runs one; its address is printed
 *     npm run example node-bot -- ARGS…
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { installPacked, packAll } from "./packed.mjs";

const EXAMPLES = readdirSync("examples").filter((name) => existsSync(join("examples", name, "package.json")));
const [name, ...args] = process.argv.slice(2);

if (name === undefined || !EXAMPLES.includes(name)) {
  console.error(`Choose one of the examples: ${EXAMPLES.join(", ")}.`);
  process.exitCode = 2;
} else {
  await build();
  const folder = join("examples", name);
  if (!isServedByRepository(folder)) await install(folder);
  const child = spawn("npm", ["start", "--", ...args], { cwd: folder, stdio: "inherit" });
  // Ctrl-C reaches the example too; wait for what it has to do.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  child.once("close", (code) => (process.exitCode = code ?? 1));
}

/** @param {string} folder */
function isServedByRepository(folder) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys({ ...dependencies, ...devDependencies }).every((each) => existsSync(join("node_modules", each)));
}

/** @param {string} folder */
async function install(folder) {
  console.log(`Installing what ${folder} needs …`);
  const packed = mkdtempSync(join(tmpdir(), "qsec2-packed-"));
  try {
    await installPacked(folder, await packAll(packed));
  } finally {
    rmSync(packed, { recursive: true });
  }
}
