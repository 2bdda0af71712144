// What `custom-elements.json` of the widget is made from. The names of the elements stand in one table.
import { readFileSync } from "node:fs";

const TABLE = "packages/widget/src/define-elements.ts";
/** Classes that elements extend. */
const BASES = ["SessionElement", "RunElement"];
const TOKENS = "packages/widget/src/theme/tokens.ts";

/** @param {any} manifest */
function nameElements({ customElementsManifest }) {
  const rows = readFileSync(TABLE, "utf8").matchAll(/^ {2}"(qsec-[a-z0-9-]+)": (\w+),/gm);
  const names = new Map(Array.from(rows, ([, name, className]) => [className, name]));
  const cssProperties = tokens();
  for (const module of customElementsManifest.modules) {
    for (const declaration of module.declarations ?? []) {
      const tagName = names.get(declaration.name);
      if (tagName === undefined) continue;
      // An event that is dispatched under a variable's name comes out as the name of the variable.
      const events = declaration.events?.filter((/** @type {any} */ { name }) => name.startsWith("qsec-"));
      Object.assign(declaration, { tagName, customElement: true, cssProperties }, events && { events });
    }
  }
  keepPublic(customElementsManifest, [...names.keys(), ...BASES]);
}

/** Leaves what an embedder can use, under the paths that the package has. @param {any} manifest @param {string[]} classes */
function keepPublic(manifest, classes) {
  for (const module of manifest.modules) {
    module.declarations = (module.declarations ?? []).filter((/** @type {any} */ { name }) => classes.includes(name));
    module.exports = (module.exports ?? []).filter((/** @type {any} */ { name }) => classes.includes(name));
    for (const declaration of module.declarations) declaration.members = declaration.members?.filter(isPublic);
  }
  manifest.modules = manifest.modules.filter((/** @type {any} */ { declarations }) => declarations.length > 0);
  renamePaths(manifest);
}

/** @param {any} member */
function isPublic({ name, privacy, static: isStatic }) {
  return !name.startsWith("#") && privacy !== "private" && privacy !== "protected" && !isStatic;
}

/** Where a source is in the package: `packages/widget/src/x.ts` → `dist/esm/x.js`. @param {any} value */
function renamePaths(value) {
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry === "string" && (key === "path" || key === "module"))
      value[key] = entry.replace(/^\/?packages\/widget\/src\/(.+)\.ts$/, "dist/esm/$1.js");
    else renamePaths(entry);
  }
}

/** The custom properties that every element reads. */
function tokens() {
  const rows = readFileSync(TOKENS, "utf8").matchAll(/^ \* @cssprop (--qsec-[\w-]+) - (.+)$/gm);
  return Array.from(rows, ([, name, description]) => ({ name, description }));
}

export default {
  globs: ["packages/widget/src/**/*.ts"],
  exclude: ["**/*.test.ts", "**/testing/**"],
  litelement: true,
  quiet: true,
  packagejson: false,
  outdir: "packages/widget/dist",
  plugins: [{ name: "qsec-element-names", packageLinkPhase: nameElements }],
};
