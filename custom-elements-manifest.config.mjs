// What `custom-elements.json` of the widget is made from. The names of the elements stand in one table.
import { readFileSync } from "node:fs";

const TABLE = "packages/widget/src/define-elements.ts";

/** @param {any} manifest */
function nameElements({ customElementsManifest }) {
  const rows = readFileSync(TABLE, "utf8").matchAll(/^ {2}"(qsec-[a-z0-9-]+)": (\w+),/gm);
  const names = new Map(Array.from(rows, ([, name, className]) => [className, name]));
  for (const module of customElementsManifest.modules) {
    for (const declaration of module.declarations ?? []) {
      const tagName = names.get(declaration.name);
      if (tagName !== undefined) Object.assign(declaration, { tagName, customElement: true });
    }
  }
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
