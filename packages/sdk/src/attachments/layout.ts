/** Where everything stands in the blob of a file; all of it follows from the file's size. */
import { BLOB_PART_BYTES, BLOB_PARTS_MAX } from "../wire/limits.js";
import { AEAD_TAG_BYTES } from "../crypto/aead.js";
import { CHUNK_BYTES, HEADER_BYTES } from "./cobblestone.js";
import { padme } from "./padme.js";

/** Smaller files are padded to this size: one that is tiny does not show as tiny. */
const PADDED_MIN = 16_384;

/** The largest file whose blob has no more than 65 536 parts of 256 KiB, whatever Padmé adds. */
export const FILE_BYTES_MAX = 15 * 2 ** 30;

export interface Layout {
  /** File and zero padding together. */
  readonly padded: number;
  /** Chunks of the blob, the last one shorter than 16 KiB and possibly empty. */
  readonly chunks: number;
  readonly blobBytes: number;
  /** Parts in which the blob travels. */
  readonly parts: number;
  /** How many bytes a part has: 256 KiB, or less for the last one. */
  partBytes(part: number): number;
}

/** @param size bytes of the file, 0 to {@link FILE_BYTES_MAX} */
export function layoutOf(size: number): Layout {
  const padded = padme(Math.max(size, PADDED_MIN));
  const chunks = Math.floor(padded / CHUNK_BYTES) + 1;
  const blobBytes = HEADER_BYTES + padded + chunks * AEAD_TAG_BYTES;
  const parts = Math.ceil(blobBytes / BLOB_PART_BYTES);
  if (size > FILE_BYTES_MAX || parts > BLOB_PARTS_MAX) throw new RangeError("No blob can hold a file of this size.");
  return {
    padded,
    chunks,
    blobBytes,
    parts,
    partBytes: (part) => (part < parts - 1 ? BLOB_PART_BYTES : blobBytes - (parts - 1) * BLOB_PART_BYTES),
  };
}
