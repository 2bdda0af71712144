// Browser tests: every `*.browser.test.ts` of the packages, in an installed Chromium, from the sources.
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { chromeLauncher } from "@web/test-runner-chrome";
import { fileURLToPath } from "node:url";
import { CHROMIUM_FLAGS, findChromium } from "./scripts/find-chromium.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  rootDir: here("."),
  files: "packages/*/src/**/*.browser.test.ts",
  // `browser`: else Socket.IO's client brings its Node half. `qsec2:source`: the packages as they are being written.
  nodeResolve: { browser: true, exportConditions: ["qsec2:source", "browser", "production"] },
  // The widget's decorators are the experimental ones, with fields that are assigned.
  plugins: [esbuildPlugin({ ts: true, target: "es2022", tsconfig: here("packages/widget/tsconfig.json") })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS } })],
  // A page in the background is not drawn: with two at a time, animations and resize observers of one would stand still.
  concurrency: 1,
  testFramework: { config: { ui: "bdd", timeout: 20_000 } },
};
