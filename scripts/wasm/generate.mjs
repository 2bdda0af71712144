import { readFileSync, writeFileSync } from "node:fs";
import { assemble } from "./assemble.mjs";

const SOURCE = "packages/sdk/src/bb84/amplification/toeplitz.wat";
const GENERATED = "packages/sdk/src/bb84/amplification/toeplitz-wasm.ts";

/** Assembles `toeplitz.wat` and writes its module where it is not up to date. It is in the repository: tests run on sources. */
export function generateWasm() {
  const text = wasmModule(readFileSync(SOURCE, "utf8"));
  if (text !== readFileSync(GENERATED, "utf8")) writeFileSync(GENERATED, text);
}

/** @param {string} wat @returns {string} a module with the bytes, as base64 */
export function wasmModule(wat) {
  const lines =
    Buffer.from(assemble(wat))
      .toString("base64")
      .match(/.{1,100}/g) ?? [];
  return [
    "/** `toeplitz.wat`, assembled by the build: base64. */",
    "export const TOEPLITZ_WASM =",
    `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
    "",
  ].join("\n");
}
