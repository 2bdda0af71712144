import { equalBytes } from "../../wire/bytes.js";
import { seededRandom } from "../randomness/sources.js";
import { toeplitz, typescriptToeplitz } from "./toeplitz.js";
import { wasmKernel } from "./wasm-kernel.js";

function expect(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`not so: ${what}`);
}

/** `WebAssembly` as a page with this policy has it. */
async function webAssemblyUnder(policy: string): Promise<typeof WebAssembly> {
  const frame = document.createElement("iframe");
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  return (frame.contentWindow as unknown as typeof globalThis).WebAssembly;
}

describe("Toeplitz hashing in a browser", () => {
  it("uses WebAssembly, and comes to the bits of TypeScript", () => {
    expect(toeplitz.name === "Toeplitz, WebAssembly SIMD", toeplitz.name);
    const random = seededRandom("browser");
    const key = random(2500);
    const seed = random(toeplitz.seedLength(20_000, 7000));
    const [wasm, typescript] = [toeplitz, typescriptToeplitz].map(({ hash }) => hash(key, 20_000, 7000, seed));
    expect(equalBytes(wasm, typescript), "the same bits");
  });

  it("gives way to TypeScript under a Content-Security-Policy without 'wasm-unsafe-eval'", async () => {
    expect(wasmKernel(await webAssemblyUnder("script-src 'self'")) === null, "refused");
    expect(wasmKernel(await webAssemblyUnder("script-src 'self' 'wasm-unsafe-eval'")) !== null, "allowed");
  });
});
