import { BLOB_PART_BYTES } from "../wire/limits.js";
import type { Layout } from "./layout.js";

export interface SealedPart {
  readonly part: number;
  readonly bytes: Uint8Array;
}

/** Cuts a blob that is made from its beginning into parts, of which only some are wanted. Holds one part at a time. */
export class PartWriter {
  readonly #layout: Layout;
  readonly #wanted: ReadonlySet<number>;
  #bytes: Uint8Array | null = null;

  constructor(layout: Layout, wanted: ReadonlySet<number>) {
    this.#layout = layout;
    this.#wanted = wanted;
  }

  /** Whether any of these bytes of the blob is in a part that is wanted. */
  wants(start: number, length: number): boolean {
    for (let part = partAt(start); part <= partAt(start + length - 1); part++) if (this.#wanted.has(part)) return true;
    return false;
  }

  /** Takes the bytes that stand at `start`; calls follow each other in rising order. Yields the parts that are full. */
  *write(start: number, bytes: Uint8Array): Generator<SealedPart> {
    for (let taken = 0; taken < bytes.length;) {
      const part = partAt(start + taken);
      const offset = start + taken - part * BLOB_PART_BYTES;
      const size = this.#layout.partBytes(part);
      const count = Math.min(size - offset, bytes.length - taken);
      if (this.#wanted.has(part)) {
        this.#bytes ??= new Uint8Array(size);
        this.#bytes.set(bytes.subarray(taken, taken + count), offset);
        if (offset + count === size) {
          const full = this.#bytes;
          this.#bytes = null;
          yield { part, bytes: full };
        }
      }
      taken += count;
    }
  }
}

function partAt(offset: number): number {
  return Math.floor(offset / BLOB_PART_BYTES);
}
