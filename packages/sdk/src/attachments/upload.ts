import { secureRandom, type RandomBytes } from "../crypto/random.js";
import { wipe } from "../crypto/wipe.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { linkedController, throwIfAborted } from "./abort.js";
import type { RemoteBlob } from "./blob-client.js";
import { Bounded } from "./bounded.js";
import {
  CHUNK_BYTES,
  ChunkCipher,
  FILE_KEY_BYTES,
  HEADER_BYTES,
  SALT_BYTES,
  SEALED_CHUNK_BYTES,
} from "./cobblestone.js";
import { fileContext } from "./context.js";
import { FILE_BYTES_MAX, layoutOf, type Layout } from "./layout.js";
import { BLOB_ID_BYTES } from "./manifest.js";
import { PartWriter, type SealedPart } from "./part-writer.js";
import { regroup } from "./regroup.js";
import { digestOf, readUnchanged, type FileDigest, type FileSource } from "./source.js";

export const PARTS_IN_FLIGHT = 4;
/** How often the relay may lose what it has taken before the upload is given up. */
const PASSES_MAX = 5;

/** What an upload needs to go on later. The key is a secret. */
export interface UploadState {
  /** What the relay calls the blob, 16 bytes. */
  readonly blob: Uint8Array;
  /** The key of the file, 32 bytes. A secret. */
  readonly key: Uint8Array;
  /** Salt of the sealed file. */
  readonly salt: Uint8Array;
  /** SHA-256 of the file, by which the same file is known again. */
  readonly digest: Uint8Array;
  /** Bytes of the file. */
  readonly size: number;
}

/** How far a transfer has come, in bytes of the sealed blob. */
export interface FileProgress {
  /** Bytes that are there, 0 … `total`. */
  readonly done: number;
  /** Bytes in all; a little more than the file has, as it is padded and sealed. */
  readonly total: number;
}

export interface TransferOptions {
  /** The room's `rid`, 32 bytes. */
  readonly rid: Uint8Array;
  readonly remote: (blob: Uint8Array) => RemoteBlob;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

/** A file on its way to the relay. */
export class Upload {
  readonly #file: FileSource;
  readonly #content: FileDigest;
  readonly state: UploadState;

  private constructor(file: FileSource, content: FileDigest, state: UploadState) {
    this.#file = file;
    this.#content = content;
    this.state = state;
  }

  /**
   * Digests the file and takes fresh keys for it; or those of `earlier`, when one of them is of a file with the same
   * digest. The digest is in what the keys are derived from, and each chunk is checked before it is sealed, so that keys are
   * never used for two contents.
   * @throws QsecError `file_too_large`, `file_changed`, `file_unreadable`, `aborted`
   */
  static async prepare(
    file: FileSource,
    {
      earlier = [],
      random = secureRandom,
      signal,
    }: { earlier?: Iterable<UploadState>; random?: RandomBytes; signal?: AbortSignal | undefined } = {},
  ): Promise<Upload> {
    const { size } = file;
    if (size > FILE_BYTES_MAX)
      throw new QsecError("file_too_large", `A file may have at most ${FILE_BYTES_MAX / 2 ** 30} GiB.`);
    const content = await digestOf(file, signal);
    const { digest } = content;
    for (const state of earlier) {
      if (state.size === size && equalBytes(state.digest, digest)) return new Upload(file, content, state);
    }
    const state = { blob: random(BLOB_ID_BYTES), key: random(FILE_KEY_BYTES), salt: random(SALT_BYTES), digest, size };
    return new Upload(file, content, state);
  }

  /**
   * Brings the parts to the relay that it does not have, four at a time, until it has all of them.
   * @throws QsecError `file_changed`, `file_unreadable`, `aborted`, or the relay's refusal
   */
  async run({ rid, remote, signal, onProgress }: TransferOptions): Promise<void> {
    const { blob, key, salt, digest, size } = this.state;
    const layout = layoutOf(size);
    const cipher = await ChunkCipher.create(key, salt, fileContext(rid, digest));
    const { controller, release } = linkedController(signal);
    const relay = remote(blob);
    try {
      for (let pass = 0; ; pass++) {
        throwIfAborted(controller.signal);
        const missing = await relay.missing(layout.parts, controller.signal);
        let left = 0;
        for (const part of missing) left += layout.partBytes(part);
        const report = () => onProgress?.({ done: layout.blobBytes - left, total: layout.blobBytes });
        report();
        if (missing.size === 0) return;
        if (pass === PASSES_MAX) throw new QsecError("unknown_blob", "The relay does not keep the file that it takes.");
        await inFlight(this.#parts(cipher, layout, missing, controller.signal), controller, async ({ part, bytes }) => {
          await relay.put(part, layout.parts, bytes, controller.signal);
          left -= bytes.length;
          report();
        });
      }
    } finally {
      release();
    }
  }

  /** Overwrites the key. The upload cannot be run or resumed any more. */
  destroy(): void {
    wipe(this.state.key);
  }

  async *#parts(
    cipher: ChunkCipher,
    layout: Layout,
    missing: ReadonlySet<number>,
    signal: AbortSignal,
  ): AsyncGenerator<SealedPart> {
    const writer = new PartWriter(layout, missing);
    yield* writer.write(0, cipher.header);
    const message = padded(readUnchanged(this.#file, this.#content, signal), layout.padded - this.state.size);
    let number = 0;
    for await (const chunk of regroup(message, CHUNK_BYTES)) {
      const start = HEADER_BYTES + number * SEALED_CHUNK_BYTES;
      const length = chunk.length + (SEALED_CHUNK_BYTES - CHUNK_BYTES);
      if (writer.wants(start, length)) yield* writer.write(start, await cipher.seal(number, chunk));
      number++;
    }
  }
}

/** Sends what comes, four at a time; a failure stops the others. */
async function inFlight<T>(
  items: AsyncIterable<T>,
  controller: AbortController,
  send: (item: T) => Promise<void>,
): Promise<void> {
  const flight = new Bounded(PARTS_IN_FLIGHT);
  try {
    for await (const item of items) await flight.start(() => send(item));
    await flight.done();
  } catch (error) {
    controller.abort(error);
    await flight.settled();
    throw error;
  }
}

async function* padded(file: AsyncIterable<Uint8Array>, zeros: number): AsyncGenerator<Uint8Array> {
  yield* file;
  for (let left = zeros; left > 0; left -= CHUNK_BYTES) yield new Uint8Array(Math.min(left, CHUNK_BYTES));
}
