import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { rollup, type Plugin } from "rollup";
import ts from "typescript";

/** One ES module for a browser out of a TypeScript source that is in no build, such as what only tests use. */
export async function bundleSource(file: string): Promise<string> {
  const build = await rollup({
    input: resolve(file),
    plugins: [typescriptSources],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await build.generate({ format: "es" });
  await build.close();
  return output[0].code;
}

const typescriptSources: Plugin = {
  name: "typescript-sources",
  resolveId(source, importer) {
    if (importer === undefined || !source.startsWith(".")) return null;
    return resolve(dirname(importer), source.replace(/\.js$/, ".ts"));
  },
  async load(id) {
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    return ts.transpileModule(await readFile(id, "utf8"), { compilerOptions }).outputText;
  },
};
