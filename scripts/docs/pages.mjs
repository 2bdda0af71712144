/** The Markdown pages of the repository, taken apart. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";

/**
 * @typedef {object} Fence
 * @property {string} language the first word behind the three backticks
 * @property {string} code
 * @property {number} line of the first line of the code, from 1
 * @property {string} given what a comment `<!-- given: … -->` right before it says that is there already
 */
/** @typedef {{ file: string, fences: Fence[], links: { target: string, line: number }[], anchors: ReadonlySet<string> }} Page */

const GIVEN = /^<!-- given: (.*) -->$/s;
const FRONT_MATTER = /^---\n.*?\n---\n/s;

/** @returns {string[]} */
export function pageFiles() {
  const inFolder = (/** @type {string} */ folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name));
  const readmesIn = (/** @type {string} */ folder) =>
    readdirSync(folder).map((name) => join(folder, name, "README.md"));
  return [
    ...inFolder("."),
    ...["docs", "docs/guides", "docs/decisions"].flatMap(inFolder),
    ...readmesIn("packages"),
    ...readmesIn("examples"),
  ];
}

/** @param {string} file @returns {Page} */
export function readPage(file) {
  // Blank lines in its place, so that lines keep their numbers.
  const text = readFileSync(file, "utf8").replace(FRONT_MATTER, (matter) => "\n".repeat(matter.split("\n").length - 1));
  const tokens = new MarkdownIt({ html: true }).parse(text, {});
  const slugger = new GithubSlugger();
  /** @type {Fence[]} */
  const fences = [];
  /** @type {Page["links"]} */
  const links = [];
  /** @type {Set<string>} */
  const anchors = new Set();
  tokens.forEach((token, i) => {
    const line = (token.map?.[0] ?? 0) + 1;
    if (token.type === "fence") {
      const [, given = ""] = GIVEN.exec(tokens[i - 1]?.type === "html_block" ? tokens[i - 1].content.trim() : "") ?? [];
      fences.push({ language: token.info.split(/\s/, 1)[0], code: token.content, line: line + 1, given });
    }
    const inside = token.children ?? [];
    if (tokens[i - 1]?.type === "heading_open") {
      anchors.add(slugger.slug(inside.map(({ content }) => content).join("")));
    }
    for (const child of inside) {
      const target = child.attrGet("href") ?? child.attrGet("src");
      if (target !== null) links.push({ target, line });
    }
  });
  return { file, fences, links, anchors };
}
