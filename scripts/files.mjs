import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const NEVER = new Set(["node_modules", "dist"]);

/**
 * Paths of the files below a folder whose names end in a suffix, sorted; `node_modules` and `dist` are left out.
 *
 * @param {string} folder
 * @param {string} suffix
 * @returns {string[]}
 */
export function filesBelow(folder, suffix) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NEVER.has(entry.name) ? [] : filesBelow(path, suffix);
      return entry.name.endsWith(suffix) ? [path] : [];
    })
    .sort();
}
