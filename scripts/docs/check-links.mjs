import { existsSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";

/** @typedef {import("./pages.mjs").Page} Page */

/**
 * Links to files that are not there, out of the repository, or to headings that are not in their page.
 * Addresses of the web are for whoever has a network.
 * @param {readonly Page[]} pages
 * @returns {string[]} a sentence for each
 */
export function brokenLinks(pages) {
  const byFile = new Map(pages.map((page) => [normalize(page.file), page]));
  return pages.flatMap(({ file, links }) =>
    links.flatMap(({ target, line }) => {
      if (/^(https?|mailto):/.test(target)) return [];
      const [path, anchor] = decodeURIComponent(target).split("#", 2);
      const goal = path === "" ? normalize(file) : normalize(join(dirname(file), path));
      const where = `${file}:${line}: ${target}`;
      if (goal.startsWith(`..${sep}`) || !existsSync(goal)) return [`${where} is not there`];
      if (anchor === undefined) return [];
      const page = byFile.get(goal);
      return page?.anchors.has(anchor) ? [] : [`${where}: the page has no such heading`];
    }),
  );
}
