/** Bundles what browsers load as one file each. The inputs are what `tsc -b` has written. */
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

export default [
  singleFile("packages/widget/dist/esm/define.js", "packages/widget/dist/qsec-room.js"),
  singleFile("packages/relay/dist/.pages/landing.js", "packages/relay/dist/pages/landing.js"),
  singleFile("packages/relay/dist/.pages/room.js", "packages/relay/dist/pages/room.js"),
];
