/** The sealed files of a relay in memory. They live as long as the relay, without a quota. */
import type { BlobId } from "../wire/blob-events.js";
import { BLOB_PART_BYTES } from "../wire/limits.js";
import type { RelayErrorCode } from "../wire/errors.js";
import type { Refusal } from "../wire/events.js";
import type { BlobReply, BlobRequest } from "./transport.js";

interface Blob {
  readonly parts: number;
  readonly stored: Map<number, Uint8Array>;
}

export class MemoryBlobs {
  readonly #rooms = new Map<string, Map<BlobId, Blob>>();

  /** @param room where the asking member is */
  answer(room: string, request: BlobRequest): BlobReply {
    const blobs = this.#rooms.get(room) ?? new Map<BlobId, Blob>();
    this.#rooms.set(room, blobs);
    const { header } = request;
    if (header.room !== undefined && header.room !== room) return refusal("not_joined", "You are in another room.");
    const blob = blobs.get(header.blob);
    switch (request.event) {
      case "blob_put":
        return put(blobs, request);
      case "blob_have":
        return { ok: true, parts: blob?.parts ?? 0, bitmap: bitmapOf(blob) };
      case "blob_get": {
        const bytes = blob?.stored.get(request.header.part);
        return bytes === undefined
          ? refusal("unknown_blob", "The relay does not have this part of a file.")
          : { ok: true, bytes: bytes.slice() };
      }
      case "blob_drop":
        blobs.delete(header.blob);
        return { ok: true };
    }
  }
}

function put(blobs: Map<BlobId, Blob>, { header, bytes }: Extract<BlobRequest, { event: "blob_put" }>): BlobReply {
  if (bytes.length === 0 || bytes.length > BLOB_PART_BYTES)
    return refusal("frame_too_large", `A part of a file has 1 to ${BLOB_PART_BYTES} bytes.`);
  const blob = blobs.get(header.blob) ?? { parts: header.parts, stored: new Map<number, Uint8Array>() };
  if (blob.parts !== header.parts || header.part >= header.parts)
    return refusal("bad_request", "This blob has another number of parts.");
  blobs.set(header.blob, blob);
  // What is there stays: nobody can change a part that others count on.
  if (!blob.stored.has(header.part)) blob.stored.set(header.part, bytes.slice());
  return { ok: true };
}

function bitmapOf(blob: Blob | undefined): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil((blob?.parts ?? 0) / 8));
  for (const part of blob?.stored.keys() ?? []) bitmap[part >> 3] |= 0x80 >> (part & 7);
  return bitmap;
}

function refusal(code: RelayErrorCode, message: string): Refusal {
  return { ok: false, code, message };
}
