import type { BlobId, BlobPut } from "@qsec2/sdk/wire";
import type { Soon } from "../soon.js";

/** A blob of which every part is there, or was. */
export interface BlobSummary {
  readonly room: string;
  readonly parts: number;
  /** Of the parts that are there, as they were sent: sealed. */
  readonly bytes: number;
}

export interface BlobStats {
  readonly blobs: number;
  readonly bytes: number;
}

/**
 * Sealed files in parts, kept for the members of one room and for a limited time. To the relay they are opaque bytes. A
 * blob is its room's alone: the same id in another room is another blob.
 */
export interface BlobStore {
  /**
   * Keeps a part. One that is there already stays as it is, so that nobody can change what others count on.
   * @returns the blob when this part was the last one that was missing
   * @throws QsecError `bad_request` when the blob has another number of parts, `file_too_large`, `quota_exceeded`; the
   * library's errors when the disk fails
   */
  put(room: string, part: BlobPut, bytes: Uint8Array): Soon<BlobSummary | undefined>;
  /** Which parts are there: a bit each, most significant bit first. `parts` is 0 for a blob that is not there. */
  have(room: string, blob: BlobId): Soon<{ readonly parts: number; readonly bitmap: Uint8Array }>;
  /** @throws QsecError `unknown_blob` */
  get(room: string, blob: BlobId, part: number): Soon<Uint8Array>;
  /** Forgets a blob; one that is not there is no error. */
  drop(room: string, blob: BlobId): Soon<void>;
  /** Forgets every blob whose time is over, and says which they were. */
  expire(): Soon<readonly BlobSummary[]>;
  /** May be called more than once. */
  close(): void;
  readonly stats: BlobStats;
}
