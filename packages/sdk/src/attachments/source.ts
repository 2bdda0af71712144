import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { throwIfAborted } from "./abort.js";

/** A file that can be read more than once, from its beginning. A `Blob` or `File` is one. */
export interface FileSource {
  /** Bytes. */
  readonly size: number;
  /** What it is called, as a `File` says. */
  readonly name?: string;
  /** A fresh stream of the content; called once for each pass over the file. */
  stream(): ReadableStream<Uint8Array>;
}

/** The content in pieces of any size. @throws QsecError `file_unreadable`, `aborted` */
export async function* readFile(file: FileSource, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = open(file).getReader();
  let ended = false;
  try {
    for (;;) {
      throwIfAborted(signal);
      const next = await reader.read().catch(unreadable);
      ended = next.done;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A stream that is left in the middle; that it cannot be cancelled is of no interest to anybody.
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

/**
 * SHA-256 of the file, in one streaming pass.
 * @throws QsecError `file_changed` when it does not have the size that it claims, `file_unreadable`, `aborted`
 */
export async function digestOf(file: FileSource, signal?: AbortSignal): Promise<Uint8Array> {
  const hash = sha256.create();
  let length = 0;
  for await (const piece of readFile(file, signal)) {
    hash.update(piece);
    length += piece.length;
  }
  if (length !== file.size) throw changed();
  return hash.digest();
}

/**
 * The content again, sure to be the one that was digested once the generator ends without an error.
 * @throws QsecError `file_changed`, `file_unreadable`, `aborted`
 */
export async function* readUnchanged(
  file: FileSource,
  size: number,
  digest: Uint8Array,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const hash = sha256.create();
  let length = 0;
  for await (const piece of readFile(file, signal)) {
    length += piece.length;
    if (length > size) throw changed();
    hash.update(piece);
    yield piece;
  }
  if (length !== size || !equalBytes(hash.digest(), digest)) throw changed();
}

export function changed(): QsecError {
  return new QsecError("file_changed", "The file has changed since it was chosen: choose it again.");
}

function open(file: FileSource): ReadableStream<Uint8Array> {
  try {
    return file.stream();
  } catch (cause) {
    return unreadable(cause);
  }
}

function unreadable(cause: unknown): never {
  throw new QsecError("file_unreadable", "The file cannot be read any more: choose it again.", { cause });
}
