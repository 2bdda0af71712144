/** Bundles what browsers load without an import map. The inputs are what `tsc -b` has written. */
import { bundlePlugins, refuseWarning } from "./scripts/bundle.mjs";

/** Modules with large libraries that few people open: files of their own even beside what is otherwise one file. */
const ON_DEMAND = {
  "qsec-charts.js": "packages/widget/dist/esm/telemetry/charts/charts.js",
  "qsec-sphere.js": "packages/widget/dist/esm/telemetry/sphere/scene.js",
};

/** @returns {import("rollup").Plugin} leaves them out, to be fetched from beside the file that asks for them */
function besideTheFile() {
  return {
    name: "beside-the-file",
    async resolveDynamicImport(specifier, importer) {
      if (typeof specifier !== "string") return null;
      const id = (await this.resolve(specifier, importer))?.id.replaceAll("\\", "/") ?? "";
      const file = Object.entries(ON_DEMAND).find(([, module]) => id.endsWith(module))?.[0];
      return file === undefined ? null : { id: `./${file}`, external: true };
    },
  };
}

/** @param {string} input @param {string} file @returns {import("rollup").RollupOptions} */
function singleFile(input, file) {
  return {
    input,
    output: { file, format: "es", inlineDynamicImports: true },
    plugins: [besideTheFile(), ...bundlePlugins()],
    onwarn: refuseWarning,
  };
}

/**
 * The same in a folder: one file to load, and beside it what is loaded on first use.
 * @param {string} input @param {string} folder @param {string} name @returns {import("rollup").RollupOptions}
 */
function split(input, folder, name) {
  return {
    input: { [name]: input },
    output: { dir: folder, format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    plugins: bundlePlugins(),
    onwarn: refuseWarning,
  };
}

export default [
  singleFile("packages/widget/dist/esm/define.js", "packages/widget/dist/qsec-room.js"),
  split("packages/widget/dist/esm/define.js", "packages/widget/dist/cdn", "qsec-room"),
  ...Object.entries(ON_DEMAND).flatMap(([file, module]) =>
    ["packages/widget/dist", "packages/relay/dist/pages"].map((folder) => singleFile(module, `${folder}/${file}`)),
  ),
  singleFile("packages/relay/dist/.pages/landing.js", "packages/relay/dist/pages/landing.js"),
  singleFile("packages/relay/dist/.pages/room.js", "packages/relay/dist/pages/room.js"),
];
