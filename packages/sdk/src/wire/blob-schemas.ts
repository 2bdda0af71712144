/** Parsers of the headers and answers of the file events; rules as in `schemas.ts`. */
import { fromBase64url } from "./base64url.js";
import type { BlobId, BlobName, BlobPart, BlobPut } from "./blob-events.js";
import { QsecError } from "./errors.js";
import type { Refusal } from "./events.js";
import { bad, fields, get, integer, text, type Fields } from "./fields.js";
import { BLOB_PART_BYTES, BLOB_PARTS_MAX, ROOM_NAME_MAX } from "./limits.js";
import { parseRefusal } from "./schemas.js";

const BLOB_ID = /^[A-Za-z0-9_-]{21}[AQgw]$/; // 16 bytes: the last character carries four zero bits

/** Checks a `blob_have` or `blob_drop`. */
export function parseBlobName(value: unknown): BlobName {
  return nameOf(fields(value));
}

/** Checks a `blob_get`. */
export function parseBlobPart(value: unknown): BlobPart {
  const object = fields(value);
  return { ...nameOf(object), part: integer(object, "part", 0, BLOB_PARTS_MAX - 1) };
}

/** Checks the header of a `blob_put`. */
export function parseBlobPut(value: unknown): BlobPut {
  const object = fields(value);
  const parts = integer(object, "parts", 1, BLOB_PARTS_MAX);
  return { ...nameOf(object), part: integer(object, "part", 0, parts - 1), parts };
}

/**
 * The bytes of a part, as a Socket.IO library hands an attachment over.
 * @throws QsecError `frame_malformed` for anything but bytes or for none, `frame_too_large` above 256 KiB
 */
export function parsePartBytes(value: unknown): Uint8Array {
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0)
    throw new QsecError("frame_malformed", "A part of a file is one binary attachment.");
  if (bytes.length > BLOB_PART_BYTES)
    throw new QsecError("frame_too_large", `A part of a file has at most ${BLOB_PART_BYTES} bytes.`);
  return bytes;
}

/** The answer to `blob_have`, with its bitmap as bytes. */
export function parseBlobHave(
  value: unknown,
): { readonly ok: true; readonly parts: number; readonly bitmap: Uint8Array } | Refusal {
  const object = fields(value);
  if (get(object, "ok") !== true) return parseRefusal(object);
  const parts = integer(object, "parts", 0, BLOB_PARTS_MAX);
  const bitmap = fromBase64url(text(object, "bitmap", Math.ceil(BLOB_PARTS_MAX / 6) + 4));
  if (bitmap.length !== Math.ceil(parts / 8)) throw bad("'bitmap' must have a bit for each part");
  return { ok: true, parts, bitmap };
}

/** The answer to `blob_get`. */
export function parseBlobBytes(value: unknown): { readonly ok: true; readonly bytes: Uint8Array } | Refusal {
  const object = fields(value);
  if (get(object, "ok") !== true) return parseRefusal(object);
  return { ok: true, bytes: parsePartBytes(get(object, "bytes")) };
}

function nameOf(object: Fields): BlobName {
  const room = get(object, "room") === undefined ? undefined : text(object, "room", ROOM_NAME_MAX);
  return { ...(room === undefined ? {} : { room }), blob: blobId(get(object, "blob")) };
}

function blobId(value: unknown): BlobId {
  if (typeof value !== "string" || !BLOB_ID.test(value))
    throw bad("'blob' must be the base64url text of 16 bytes (22 characters)");
  return value;
}
