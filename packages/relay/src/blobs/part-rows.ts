import type { BlobId } from "@qsec2/sdk/wire";

export interface PartRow {
  readonly room: string;
  readonly blob: BlobId;
  readonly part: number;
  readonly parts: number;
  /** Length of the sealed bytes. */
  readonly bytes: number;
  /** Milliseconds since 1970; the same for all parts of a blob. */
  readonly expiresAt: number;
}

/** Where the bytes are. It knows no rules: those are in `Blobs`. */
export interface PartRows {
  /** What was kept from an earlier run. */
  load(): readonly PartRow[];
  add(row: PartRow, sealed: Uint8Array): void;
  read(room: string, blob: BlobId, part: number): Uint8Array | undefined;
  remove(room: string, blob: BlobId): void;
  /** Called after removals: gives space back. */
  compact(): void;
  close(): void;
}
