import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { linkedController, throwIfAborted } from "./abort.js";
import type { RemoteBlob } from "./blob-client.js";
import { openStream } from "./cobblestone.js";
import { fileContext } from "./context.js";
import { layoutOf, type Layout } from "./layout.js";
import type { FileManifest } from "./manifest.js";
import { isPreviewable, OPAQUE_MIME } from "./preview.js";
import { PARTS_IN_FLIGHT, type TransferOptions } from "./upload.js";

/**
 * Where a file is written while it comes, such as a `FileSystemWritableFileStream`. Nothing of it is to be used before
 * `close`: what came until then may turn out to be wrong.
 */
export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void> | void;
  /** The file is whole and right. */
  close(): Promise<void> | void;
  /** It is not: what was written is to be thrown away. */
  abort(reason: unknown): Promise<void> | void;
}

/**
 * Fetches and opens a file. The sink is closed only when everything holds: the key commitment, every tag, the short last
 * chunk, the size, the padding and the digest. Otherwise it is aborted.
 * @throws QsecError `KEY_COMMIT`, `DECRYPT`, `TRUNCATED`, `TRAILING`, `PADDING`, `unknown_blob` when the relay does not have
 * the file (any more), `aborted`, or the relay's refusal
 */
export async function download(manifest: FileManifest, sink: FileSink, options: TransferOptions): Promise<void> {
  const { controller, release } = linkedController(options.signal);
  try {
    await openInto(manifest, sink, options, controller);
    throwIfAborted(options.signal);
  } catch (error) {
    controller.abort(error);
    await abortSink(sink, error);
    throw error;
  } finally {
    release();
  }
  await sink.close();
}

/**
 * The same into memory, or what the browser makes of a Blob. Its `type` is the sender's only where a page may show such a
 * file by itself: an HTML file opened from a Blob would run its scripts with the rights of the page.
 */
export async function downloadBlob(manifest: FileManifest, options: TransferOptions): Promise<Blob> {
  const pieces: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  // Browsers may move the bytes of a Blob to the disk, those of an array never.
  const settle = () => {
    pieces.push(new Blob(waiting));
    waiting = [];
    bytes = 0;
  };
  const sink: FileSink = {
    write: (piece) => {
      waiting.push(piece);
      bytes += piece.length;
      if (bytes >= SETTLE_BYTES) settle();
    },
    close: settle,
    abort: () => {
      pieces.length = 0;
      waiting = [];
    },
  };
  await download(manifest, sink, options);
  return new Blob(pieces, { type: isPreviewable(manifest.mime) ? manifest.mime : OPAQUE_MIME });
}

const SETTLE_BYTES = 4 * 1024 * 1024;

async function openInto(
  { blob, key, digest, size }: FileManifest,
  sink: FileSink,
  { rid, remote, onProgress }: TransferOptions,
  controller: AbortController,
): Promise<void> {
  const layout = layoutOf(size);
  const hash = sha256.create();
  let at = 0;
  const report = (done: number) => onProgress?.({ done, total: layout.blobBytes });
  const parts = partsInOrder(remote(blob), layout, controller, report);
  for await (const chunk of openStream(key, fileContext(rid, digest), parts)) {
    const content = chunk.subarray(0, Math.max(0, Math.min(chunk.length, size - at)));
    if (chunk.subarray(content.length).some((byte) => byte !== 0))
      throw new QsecError("PADDING", "A file is not padded with zeros.");
    at += chunk.length;
    hash.update(content);
    if (content.length > 0) await sink.write(content as Uint8Array<ArrayBuffer>);
  }
  if (at !== layout.padded) throw new QsecError("TRUNCATED", "A file has another size than was announced.");
  // The digest is in the context, so the blob is bound to it; only its sender can have sealed another content.
  if (!equalBytes(hash.digest(), digest))
    throw new QsecError("DECRYPT", "A file is not the one that its sender announced.");
}

/** The parts of a blob, the next ones being fetched while one is worked on: at most five are held. */
async function* partsInOrder(
  relay: RemoteBlob,
  layout: Layout,
  controller: AbortController,
  report: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  const coming: Promise<Uint8Array>[] = [];
  let [next, done] = [0, 0];
  report(0);
  try {
    while (next < layout.parts || coming.length > 0) {
      throwIfAborted(controller.signal);
      while (next < layout.parts && coming.length < PARTS_IN_FLIGHT) {
        const part = relay.get(next++, controller.signal);
        part.catch(() => undefined); // it is thrown when its turn has come
        coming.push(part);
      }
      const bytes = await coming.shift()!;
      checkLength(bytes, layout.partBytes(next - coming.length - 1));
      yield bytes;
      report((done += bytes.length));
    }
  } finally {
    if (coming.length > 0) controller.abort();
  }
}

/** Each part has exactly the length that follows from the file's size. */
function checkLength(bytes: Uint8Array, expected: number): void {
  if (bytes.length < expected) throw new QsecError("TRUNCATED", "A file is cut short.");
  if (bytes.length > expected) throw new QsecError("TRAILING", "A file goes on behind its end.");
}

async function abortSink(sink: FileSink, error: unknown): Promise<void> {
  try {
    await sink.abort(error);
  } catch {
    // The first failure is the one to report; a sink that cannot even be aborted was never closed either.
  }
}
