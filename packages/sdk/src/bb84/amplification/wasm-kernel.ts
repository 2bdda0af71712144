import type { ToeplitzKernel } from "./kernel.js";
import { TOEPLITZ_WASM } from "./toeplitz-wasm.js";

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly addProduct: (out: number, diagonal: number, vector: number, side: number, scratch: number) => void;
}

const PAGE_BYTES = 65_536;

/**
 * The kernel of `toeplitz.wat`, with its own memory; null where WebAssembly is not there, lacks SIMD, or is refused: by a
 * Content-Security-Policy without `wasm-unsafe-eval`, for example.
 *
 * @param wasm @default the platform's
 */
export function wasmKernel(wasm: typeof WebAssembly | undefined = globalThis.WebAssembly): ToeplitzKernel | null {
  const exports = instantiate(wasm);
  if (exports === null) return null;
  const { memory, addProduct } = exports;
  return {
    name: "WebAssembly SIMD",

    heap(words) {
      const missing = words * 4 - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return new Int32Array(memory.buffer, 0, words);
    },

    addProduct(_heap, out, diagonal, vector, side, scratch) {
      addProduct(out * 4, diagonal * 4, vector * 4, side, scratch * 4);
    },
  };
}

function instantiate(wasm: typeof WebAssembly | undefined): Exports | null {
  if (wasm === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(TOEPLITZ_WASM), (letter) => letter.charCodeAt(0));
    return new wasm.Instance(new wasm.Module(bytes)).exports as unknown as Exports;
  } catch {
    // Whatever the reason is, the other kernel gives the same bits.
    return null;
  }
}
