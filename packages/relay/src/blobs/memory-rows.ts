import type { BlobId } from "@qsec2/sdk/wire";
import type { PartRow, PartRows } from "./part-rows.js";

/** Parts in memory: gone with the relay. */
export class MemoryRows implements PartRows {
  readonly #blobs = new Map<string, Map<number, Uint8Array>>();

  load(): readonly PartRow[] {
    return [];
  }

  add({ room, blob, part }: PartRow, sealed: Uint8Array): void {
    const key = blobKey(room, blob);
    const parts = this.#blobs.get(key) ?? new Map<number, Uint8Array>();
    this.#blobs.set(key, parts);
    parts.set(part, new Uint8Array(sealed)); // a copy: what came from a socket may be a view of a larger buffer
  }

  read(room: string, blob: BlobId, part: number): Uint8Array | undefined {
    return this.#blobs.get(blobKey(room, blob))?.get(part);
  }

  remove(room: string, blob: BlobId): void {
    this.#blobs.delete(blobKey(room, blob));
  }

  compact(): void {}

  close(): void {
    this.#blobs.clear();
  }
}

/** One name for a blob among all rooms; neither part can have a space. */
export function blobKey(room: string, blob: BlobId): string {
  return `${room} ${blob}`;
}
