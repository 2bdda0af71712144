/** Bundles what browsers load without an import map. The inputs are what `tsc -b` has written. */
import { bundlePlugins, refuseWarning } from "./scripts/bundle.mjs";

/** @param {string} input @param {string} file @returns {import("rollup").RollupOptions} */
function singleFile(input, file) {
  return {
    input,
    output: { file, format: "es", inlineDynamicImports: true },
    plugins: bundlePlugins(),
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
  singleFile("packages/relay/dist/.pages/landing.js", "packages/relay/dist/pages/landing.js"),
  singleFile("packages/relay/dist/.pages/room.js", "packages/relay/dist/pages/room.js"),
];
