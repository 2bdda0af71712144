/** The packages as a registry would have them: packed, and installed in a folder that knows nothing of this repository. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Every package, with those below it before it. */
export const PACKAGES = /** @type {const} */ (["sdk", "widget", "relay"]);

/** @typedef {Readonly<Record<string, string>>} Tarballs name of a package, such as `@qsec2/sdk` → path of its tarball */

/**
 * Packs all packages into a folder that exists. Needs a build.
 * @param {string} folder @returns {Promise<Tarballs>}
 */
export async function packAll(folder) {
  const entries = await Promise.all(
    PACKAGES.map(async (name) => {
      const { stdout } = await npm(["pack", "--json", "--pack-destination", folder], join("packages", name));
      const [packed] = /** @type {{ name: string, filename: string }[]} */ (Object.values(JSON.parse(stdout)));
      return [packed.name, join(folder, packed.filename)];
    }),
  );
  return Object.fromEntries(entries);
}

/**
 * Installs what the `package.json` of a folder asks for, our own packages from the tarballs. No script of a package runs:
 * SQLite would be compiled for a minute or two, and a relay with `db: false` does without.
 *
 * @param {string} folder @param {Tarballs} tarballs
 */
export async function installPacked(folder, tarballs) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const asked = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => name in tarballs);
  const needed = new Set([...asked, ...(asked.length > 0 ? ["@qsec2/sdk"] : [])]);
  const files = Array.from(needed, (name) => tarballs[name]);
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--no-save", "--no-package-lock"];
  await npm(["install", ...quiet, ...files], folder);
}

/** @param {readonly string[]} args @param {string} cwd @throws Error with what npm has said */
async function npm(args, cwd) {
  try {
    return await run("npm", args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stderr = "", stdout = "" } = /** @type {{ stderr?: string, stdout?: string }} */ (error);
    throw new Error(`npm ${args.join(" ")} in ${cwd}:\n${stderr || stdout}`, { cause: error });
  }
}
