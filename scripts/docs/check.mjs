/**
 * Looks at the Markdown pages of the repository: links and their headings, TypeScript blocks (compiled), HTML blocks (tags
 * and attributes), npm scripts, and the tables that are made from the source.
 *
 *     npm run docs:check            needs a build
 */
import { codeThatDoesNotCompile, unknownScripts, unknownTags } from "./check-code.mjs";
import { brokenLinks } from "./check-links.mjs";
import { pageFiles, readPage } from "./pages.mjs";
import { outdatedTables } from "./tables.mjs";

const pages = pageFiles().map(readPage);
const problems = [
  ...brokenLinks(pages),
  ...codeThatDoesNotCompile(pages),
  ...unknownTags(pages),
  ...unknownScripts(pages),
  ...outdatedTables(),
];
for (const problem of problems) console.error(problem);
const blocks = pages.flatMap(({ fences }) => fences).length;
const links = pages.flatMap((page) => page.links).length;
console.log(`${pages.length} pages, ${links} links, ${blocks} blocks of code, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
