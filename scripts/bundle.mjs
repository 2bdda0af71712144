/** How rollup makes one file for browsers out of what `tsc -b` has written. */
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terserPlugin from "@rollup/plugin-terser";

/** @type {(options: import("@rollup/plugin-terser").Options) => import("rollup").Plugin} the types lack the default */
const terser = /** @type {any} */ (terserPlugin);

/** @returns {import("rollup").Plugin[]} */
export function bundlePlugins() {
  return [
    // `browser`: else Socket.IO's client brings its Node half. `production`: else Lit brings its development warnings.
    nodeResolve({ browser: true, exportConditions: ["production"] }),
    withoutCommentsInStyles(),
    terser({ module: true, ecma: 2022, compress: { passes: 2 }, format: { comments: false } }),
  ];
}

/** @returns {import("rollup").Plugin} takes the comments out of Lit's style sheets, which terser leaves as they are */
function withoutCommentsInStyles() {
  return {
    name: "without-comments-in-styles",
    transform(code) {
      const less = code.replace(/\bcss *`[^`]*`/g, (styles) => styles.replace(/\s*\/\*.*?\*\//gs, ""));
      return less === code ? null : { code: less, map: null };
    },
  };
}

/** @param {import("rollup").RollupLog} warning @throws Error for every warning that may mean a broken bundle */
export function refuseWarning(warning) {
  if (isHarmless(warning)) return;
  throw new Error(`rollup: ${warning.message}`);
}

/** @param {import("rollup").RollupLog} warning */
function isHarmless({ code, id = "", frame = "", message }) {
  // TypeScript writes its helper for decorators as `(this && this.__decorate) || …`, which is meant to see undefined.
  if (code === "THIS_IS_UNDEFINED") return /\bthis\.__\w+\b|\bthis && this\b/.test(frame);
  // A comment about tree shaking at a place where rollup cannot use it; it is removed.
  return code === "INVALID_ANNOTATION" && /node_modules/.test(id + message);
}
