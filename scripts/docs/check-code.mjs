import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { elementsOf } from "../editor-data.mjs";

/** @typedef {import("./pages.mjs").Page} Page */

const COMPILED = new Set(["ts", "tsx"]);
/** As strict as an application may be; the types of the packages are those of the build. */
const OPTIONS = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, noUncheckedSideEffectImports: true },
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: ["node"],
};

/**
 * Compiles every TypeScript block of the pages, each as a module of its own, with what `<!-- given: … -->` before it
 * declares.
 * @param {readonly Page[]} pages
 * @returns {string[]} a sentence for each error
 */
export function codeThatDoesNotCompile(pages) {
  /** @type {Map<string, { page: string, line: number, text: string }>} by the name under which it is compiled */
  const modules = new Map();
  for (const { file, fences } of pages) {
    for (const { language, code, line, given } of fences) {
      if (!COMPILED.has(language)) continue;
      const name = resolve(join("scripts/docs", `${file.replaceAll(/\W/g, "_")}_${line}.${language}`));
      modules.set(name, { page: file, line, text: `${given}\n${code}` });
    }
  }
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  host.readFile = (name) => modules.get(name)?.text ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = modules.get(name)?.text;
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...modules.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const found = file && modules.get(file.fileName);
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (!found) return message;
    const givenLines =
      found.text.split("\n").length - found.text.slice(found.text.indexOf("\n") + 1).split("\n").length;
    return `${found.page}:${found.line + file.getLineAndCharacterOfPosition(start).line - givenLines}: ${message}`;
  });
}

/**
 * Tags and attributes that the elements do not have, in HTML blocks.
 * @param {readonly Page[]} pages
 * @returns {string[]} a sentence for each
 */
export function unknownTags(pages) {
  const manifest = JSON.parse(readFileSync("packages/widget/dist/custom-elements.json", "utf8"));
  const elements = new Map(elementsOf(manifest).map((element) => [element.tagName, element]));
  const known = new Set(["slot", "id", "class", "lang", "hidden", "style"]);
  return pages.flatMap(({ file, fences }) =>
    fences
      .filter(({ language }) => language === "html")
      .flatMap(({ code, line }) =>
        [...code.matchAll(/<(qsec-[a-z-]+)([^>]*)>/g)].flatMap(([, tag, rest]) => {
          const element = elements.get(tag);
          if (!element) return [`${file}:${line}: there is no <${tag}>`];
          const names = [...rest.matchAll(/([a-z-]+)(?:="[^"]*")?/g)].map(([, name]) => name);
          const own = new Set((element.attributes ?? []).map(({ name }) => name));
          return names
            .filter((name) => !own.has(name) && !known.has(name))
            .map((name) => `${file}:${line}: <${tag}> has no attribute ${name}`);
        }),
      ),
  );
}

/**
 * Commands of shell blocks that `package.json` does not have.
 * @param {readonly Page[]} pages
 * @returns {string[]} a sentence for each
 */
export function unknownScripts(pages) {
  return pages.flatMap(({ file, fences }) => {
    const folder = file.endsWith("README.md") ? file.slice(0, -"README.md".length) || "." : ".";
    const known = new Set([...scriptsOf("."), ...scriptsOf(folder)]);
    return fences
      .filter(({ language }) => language === "sh")
      .flatMap(({ code, line }) =>
        [...code.matchAll(/\bnpm run ([\w:-]+)/g)]
          .filter(([, name]) => !known.has(name))
          .map(([, name]) => `${file}:${line}: there is no script ${name}`),
      );
  });
}

/** @param {string} folder @returns {string[]} */
function scriptsOf(folder) {
  try {
    return Object.keys(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).scripts ?? {});
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return [];
    throw error;
  }
}
