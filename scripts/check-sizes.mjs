/**
 * Measures what a page downloads, minified and compressed with gzip. Fails above the ceiling, which keeps it from
 * growing unnoticed; the target is where it should come to.
 *
 *     node scripts/check-sizes.mjs          needs a build
 */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { rollup } from "rollup";
import { bundlePlugins, refuseWarning } from "./bundle.mjs";

const KB = 1000;

/** Modules of the widget that are imported when somebody asks for what is in them. */
const ON_FIRST_USE = /\/members\/qr-code\.js$|\/locale\/(ar|de)\.js$|\/media\/(define-media|picture)\.js$/;

const ARTEFACTS = [
  {
    name: "@qsec2/sdk with everything",
    ceiling: 110 * KB,
    target: 50 * KB,
    read: () => bundle("packages/sdk/dist/index.js", []),
  },
  {
    name: "@qsec2/widget with the SDK, without telemetry and what is loaded on first use",
    ceiling: 156 * KB,
    target: 62 * KB,
    read: () =>
      bundle("packages/widget/dist/esm/define.js", [
        /\/telemetry\/(bloch|channel|charts|explain|lab|log|qber|sphere)\/|\/locale\/en-panels\.js$/,
        ON_FIRST_USE,
      ]),
  },
  {
    name: "QR codes, loaded on first use",
    ceiling: 8 * KB,
    target: 8 * KB,
    read: () => bundle("packages/widget/dist/esm/members/qr-code.js", [/^lit/]),
  },
  {
    name: "a translation, loaded on first use",
    ceiling: 12 * KB,
    target: 12 * KB,
    read: () => bundle("packages/widget/dist/esm/locale/ar.js", []),
  },
  {
    name: "qsec-charts.js with Chart.js, loaded when charts are opened",
    ceiling: 62 * KB,
    target: 62 * KB,
    read: () => readFile("packages/widget/dist/qsec-charts.js", "utf8"),
  },
  {
    name: "qsec-sphere.js with Three.js, loaded when the sphere is opened in space",
    ceiling: 145 * KB,
    target: 145 * KB,
    read: () => readFile("packages/widget/dist/qsec-sphere.js", "utf8"),
  },
  {
    name: "qsec-room.js, all in one file",
    ceiling: 280 * KB,
    target: 280 * KB,
    read: () => readFile("packages/widget/dist/qsec-room.js", "utf8"),
  },
];

let over = 0;
for (const { name, ceiling, target, read } of ARTEFACTS) {
  const size = gzipSync(await read(), { level: 9 }).length;
  if (size > ceiling) over += 1;
  const state = size > ceiling ? "OVER  " : size > target ? "above " : "fits  ";
  console.log(`${state}${name}: ${kilobytes(size)}, target ${kilobytes(target)}, ceiling ${kilobytes(ceiling)}`);
}
process.exitCode = over === 0 ? 0 : 1;

/** @param {string} input @param {RegExp[]} external @returns {Promise<string>} one minified module */
async function bundle(input, external) {
  const build = await rollup({ input, external, plugins: bundlePlugins(), onwarn: refuseWarning });
  const { output } = await build.generate({ format: "es", inlineDynamicImports: true });
  await build.close();
  return output[0].code;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / KB).toFixed(1)} kB`;
}
