/**
 * The events of sealed files. A blob is opaque to the relay: it is kept in parts of 256 KiB, for the members of one room,
 * for a limited time. A part travels as one binary attachment, everything else as JSON.
 */
/** Base64url text of 16 random bytes, 22 characters. */
export type BlobId = string;

/** Names a file at the relay. */
export interface BlobName {
  /** The room the sender is in; the relay knows it without being told, and refuses any other. */
  readonly room?: string;
  /** What the relay calls the file. */
  readonly blob: BlobId;
}

/** Names one part of a file at the relay. */
export interface BlobPart extends BlobName {
  /** The number of the part, from 0. */
  readonly part: number;
}

/** The header of a part of a file on its way to the relay. */
export interface BlobPut extends BlobPart {
  /** How many parts the blob has, 1 to 65 536; the same in every `blob_put` of it. */
  readonly parts: number;
}

/** The answer to `blob_have`. */
export interface BlobHave {
  /** Tells it from a refusal. */
  readonly ok: true;
  /** How many parts the blob has; 0 when the relay holds none of it. */
  readonly parts: number;
  /** Base64url of ⌈parts / 8⌉ bytes: a bit for each part that is there, most significant bit first. */
  readonly bitmap: string;
}

/** The answer to `blob_get`. */
export interface BlobBytes {
  /** Tells it from a refusal. */
  readonly ok: true;
  /** A `Buffer` in Node, an `ArrayBuffer` in browsers. */
  readonly bytes: Uint8Array | ArrayBuffer;
}
