import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Where a program may be.
 * @typedef {object} Program
 * @property {string} variable of the environment, with the path of the program to take
 * @property {readonly string[]} names in the folders of PATH
 * @property {readonly string[]} mac paths
 * @property {readonly string[]} windows paths below the folders of programs
 */

/**
 * @param {Program} program
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} the path of the first one that can be run; what the variable names comes first
 */
export function findProgram(program, env = process.env, platform = process.platform) {
  return candidates(program, env, platform).find(isProgram);
}

/**
 * @param {Program} program
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
function candidates({ variable, names, mac, windows }, env, platform) {
  // A path that was asked for is never silently replaced by another program.
  if (env[variable]) return [env[variable]];
  if (platform === "darwin") return mac;
  if (platform === "win32") {
    const roots = [env.LOCALAPPDATA, env.PROGRAMFILES, env["PROGRAMFILES(X86)"]].filter((root) => root !== undefined);
    return roots.flatMap((root) => windows.map((path) => join(root, path)));
  }
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
