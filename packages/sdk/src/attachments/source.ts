import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { throwIfAborted } from "./abort.js";
import { CHUNK_BYTES } from "./cobblestone.js";
import { regroup } from "./regroup.js";

/** A file that can be read more than once, from its beginning. A `Blob` or `File` is one. */
export interface FileSource {
  /** Bytes. */
  readonly size: number;
  /** What it is called, as a `File` says. */
  readonly name?: string;
  /** Its media type, as a `Blob` says. */
  readonly type?: string;
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

/** What a file held when it was digested. */
export interface FileDigest {
  /** SHA-256 of all of it. */
  readonly digest: Uint8Array;
  /** SHA-256 of each chunk of 16 KiB and of what is left, 32 bytes each. */
  readonly chunks: readonly Uint8Array[];
}

/**
 * Digests the file in one streaming pass.
 * @throws QsecError `file_changed` when it does not have the size that it claims, `file_unreadable`, `aborted`
 */
export async function digestOf(file: FileSource, signal?: AbortSignal): Promise<FileDigest> {
  const hash = sha256.create();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of regroup(readFile(file, signal), CHUNK_BYTES)) {
    hash.update(chunk);
    chunks.push(await digestOfChunk(chunk));
    length += chunk.length;
  }
  if (length !== file.size) throw changed();
  return { digest: hash.digest(), chunks };
}

/**
 * The content again in chunks of 16 KiB and what is left, each of them the one that was digested: what is sealed under the
 * keys of one content must never be another.
 * @throws QsecError `file_changed` before a chunk that is another, `file_unreadable`, `aborted`
 */
export async function* readUnchanged(
  file: FileSource,
  { chunks }: FileDigest,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let number = 0;
  for await (const chunk of regroup(readFile(file, signal), CHUNK_BYTES)) {
    const known = chunks[number++];
    if (known === undefined || !equalBytes(await digestOfChunk(chunk), known)) throw changed();
    yield chunk;
  }
  if (number !== chunks.length) throw changed();
}

async function digestOfChunk(chunk: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", chunk as Uint8Array<ArrayBuffer>));
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
