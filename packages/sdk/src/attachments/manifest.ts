/**
 * The message that hands a file over (protocol §9, content type 2). On the wire it is the body of a sealed group message:
 * UTF-8 JSON `{ "v":1, "blob", "key", "digest", "size", "name", "mime", "thumb"? }`, byte strings as base64url.
 */
import { fromBase64url, toBase64url } from "../wire/base64url.js";
import { fromUtf8, utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { BODY_MAX } from "../wire/limits.js";
import { FILE_KEY_BYTES } from "./cobblestone.js";
import { cleanFileName } from "./file-name.js";
import { FILE_BYTES_MAX } from "./layout.js";

export const BLOB_ID_BYTES = 16;
export const DIGEST_BYTES = 32;
export const THUMB_BYTES_MAX = 16 * 1024;

/** What a message says about its file: enough to fetch, open and check it. Name and type are the sender's words. */
export interface FileManifest {
  /** What the relay calls the blob, 16 bytes. */
  readonly blob: Uint8Array;
  /** The key of the file, 32 bytes. A secret. */
  readonly key: Uint8Array;
  /** SHA-256 of the file, 32 bytes. */
  readonly digest: Uint8Array;
  /** Bytes of the file, without padding. */
  readonly size: number;
  /** Safe to show and to save under, see `cleanFileName`. */
  readonly name: string;
  /** `type/subtype` in lower case; the sender's word. */
  readonly mime: string;
  /** A small picture of the file, at most 16 KiB; the sender's word. */
  readonly thumb?: Uint8Array;
}

const VERSION = 1;
/** RFC 6838 §4.2, without parameters. */
const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;
/** What a sender may write; what is kept of it is shorter. */
const NAME_MAX = 1_024;

/** Reads a field; both directions share the rules and differ in the code. */
type Refuse = (what: string) => QsecError;

/** @throws QsecError `bad_option` for a manifest that no receiver would take */
export function encodeManifest(manifest: FileManifest): Uint8Array {
  const refuse: Refuse = (what) => new QsecError("bad_option", `This file cannot be announced: ${what}`);
  const { blob, key, digest, size, name, mime, thumb } = manifest;
  checkLength("blob", blob, BLOB_ID_BYTES, BLOB_ID_BYTES, refuse);
  checkLength("key", key, FILE_KEY_BYTES, FILE_KEY_BYTES, refuse);
  checkLength("digest", digest, DIGEST_BYTES, DIGEST_BYTES, refuse);
  if (thumb !== undefined) checkLength("thumb", thumb, 1, THUMB_BYTES_MAX, refuse);
  return utf8(
    JSON.stringify({
      v: VERSION,
      blob: toBase64url(blob),
      key: toBase64url(key),
      digest: toBase64url(digest),
      size: sizeOf(size, refuse),
      name: cleanFileName(name),
      mime: mimeOf(mime, refuse),
      ...(thumb === undefined ? {} : { thumb: toBase64url(thumb) }),
    }),
  );
}

/**
 * Reads the body of a group message of content type 2. Unknown fields are ignored, the name is cleaned.
 * @throws QsecError `DECODE`
 */
export function decodeManifest(body: Uint8Array): FileManifest {
  const fields = parse(body);
  const get = (name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  if (get("v") !== VERSION) throw malformed("it is of another version.");
  const name = get("name");
  if (typeof name !== "string" || name.length > NAME_MAX) throw malformed("'name' must be text.");
  const thumb = get("thumb");
  return {
    blob: bytesOf("blob", get("blob"), BLOB_ID_BYTES, BLOB_ID_BYTES),
    key: bytesOf("key", get("key"), FILE_KEY_BYTES, FILE_KEY_BYTES),
    digest: bytesOf("digest", get("digest"), DIGEST_BYTES, DIGEST_BYTES),
    size: sizeOf(get("size"), malformed),
    name: cleanFileName(name),
    mime: mimeOf(get("mime"), malformed),
    ...(thumb === undefined ? {} : { thumb: bytesOf("thumb", thumb, 1, THUMB_BYTES_MAX) }),
  };
}

/** What a browser says of a file, in the form that travels; `application/octet-stream` for what does not fit. */
export function cleanMime(type: string): string {
  const [bare] = type.toLowerCase().split(";");
  return MIME.test(bare.trim()) ? bare.trim() : "application/octet-stream";
}

function malformed(what: string): QsecError {
  return new QsecError("DECODE", `The message about a file is malformed: ${what}`);
}

function parse(body: Uint8Array): Record<string, unknown> {
  if (body.length > BODY_MAX) throw malformed("it is too large.");
  let json: unknown;
  try {
    json = JSON.parse(fromUtf8(body));
  } catch {
    throw malformed("it is not JSON."); // no cause: the parser's message quotes what it read, which holds a key
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw malformed("it is not an object.");
  return json as Record<string, unknown>;
}

function bytesOf(name: string, value: unknown, min: number, max: number): Uint8Array {
  if (typeof value !== "string") throw malformed(`'${name}' must be base64url text.`);
  if (value.length > Math.ceil((max * 4) / 3)) throw malformed(`'${name}' is too long.`);
  let bytes: Uint8Array;
  try {
    bytes = fromBase64url(value);
  } catch {
    throw malformed(`'${name}' must be base64url text.`); // no cause, for the same reason
  }
  checkLength(name, bytes, min, max, malformed);
  return bytes;
}

function checkLength(name: string, bytes: Uint8Array, min: number, max: number, refuse: Refuse): void {
  if (bytes.length >= min && bytes.length <= max) return;
  throw refuse(`'${name}' must have ${min === max ? String(min) : `${min} to ${max}`} bytes.`);
}

function sizeOf(value: unknown, refuse: Refuse): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > FILE_BYTES_MAX)
    throw refuse(`'size' must be a whole number from 0 to ${FILE_BYTES_MAX}.`);
  return value + 0; // JSON may say −0
}

function mimeOf(value: unknown, refuse: Refuse): string {
  if (typeof value !== "string" || !MIME.test(value)) throw refuse("'mime' must be a media type such as image/png.");
  return value;
}
