import { linkedController, throwIfAborted } from "../attachments/abort.js";
import { RemoteBlob } from "../attachments/blob-client.js";
import { describeFile, type FileDescription } from "../attachments/description.js";
import { download, downloadBlob, type FileSink } from "../attachments/download.js";
import { encodeManifest, type FileManifest } from "../attachments/manifest.js";
import type { FileSource } from "../attachments/source.js";
import { Upload, type FileProgress, type TransferOptions, type UploadState } from "../attachments/upload.js";
import type { BlobReply, BlobRequest } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { destroyed } from "./problems.js";
import { SteadyBlobs } from "./steady-blobs.js";

export interface FileTransfersHost {
  /** The room's `rid` at this moment, 32 bytes. */
  rid(): Uint8Array;
  /** As the transport's `blob`. */
  blob(request: BlobRequest): Promise<BlobReply>;
}

interface ProgressOptions {
  /** Stops the transfer: the promise rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Called with how far it has come, from 0 to all of it. */
  readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

/** How a file is sent. */
export interface SendFileOptions<T> extends ProgressOptions {
  /** What receivers see it called; cleaned on both sides. @default the name of a `File`; a `Blob` has none and needs one */
  readonly name?: string;
  /** Media type; what is none becomes `application/octet-stream`. @default the file's own `type` */
  readonly mime?: string;
  /** A small picture, at most 16 KiB. */
  readonly thumb?: Uint8Array;
  /** An upload that an earlier page has begun, kept from its `onStart`. Used if the file is the same, else ignored. */
  readonly resume?: UploadState;
  /** What to keep for `resume`: a copy of it, as the key is overwritten when the transfer is over. The key is a secret. */
  readonly onStart?: (state: UploadState) => void;
  /** Sends the message about the file to the room, content type 2; called once the relay has every part. */
  readonly sendManifest: (body: Uint8Array) => Promise<T>;
}

/** How a file is fetched. */
export interface OpenFileOptions extends ProgressOptions {
  /** The room's `rid` when the file was sent. @default the present one */
  readonly rid?: Uint8Array;
}

/** The room has a new secret since the upload began: for those who read the message now, the blob would not open. */
class RoomMoved extends Error {}

/**
 * The files that one session sends and fetches. Transfers wait while the link is down and go on when it is back; one that
 * failed goes on where it was when the same file is sent again.
 */
export class FileTransfers {
  readonly #host: FileTransfersHost;
  readonly #blobs: SteadyBlobs;
  /** Uploads that failed on the way, for the next attempt at the same file. */
  readonly #unfinished = new Set<{ readonly rid: Uint8Array; readonly upload: Upload }>();
  readonly #end = new AbortController();

  constructor(host: FileTransfersHost) {
    this.#host = host;
    this.#blobs = new SteadyBlobs((request) => host.blob(request));
  }

  /** The session is in its room again, after a link that had dropped. */
  linkUp(): void {
    this.#blobs.linkUp();
  }

  /** Ends every transfer with `destroyed`, and overwrites the keys of those that never ended. */
  end(): void {
    this.#end.abort(destroyed());
    for (const { upload } of this.#unfinished) upload.destroy();
    this.#unfinished.clear();
  }

  /**
   * Seals a file for the room, brings it to the relay, then sends the message about it.
   * @returns what `sendManifest` returns
   * @throws QsecError `file_too_large`, `file_changed`, `file_unreadable`, `quota_exceeded`, `aborted`, `destroyed`,
   * `bad_option`, another refusal of the relay, or what `sendManifest` throws
   */
  async send<T>(file: FileSource, options: SendFileOptions<T>): Promise<T> {
    const description = describeFile(file, options);
    const sent = await this.#transfer(options, async (transfer) => {
      const upload = await Upload.prepare(file, {
        earlier: this.#earlier(transfer.rid, options),
        signal: transfer.signal,
      });
      options.onStart?.(upload.state);
      try {
        await upload.run(transfer);
        throwIfAborted(transfer.signal);
        if (!equalBytes(this.#host.rid(), transfer.rid)) throw new RoomMoved();
        const answer = await options.sendManifest(encodeManifest(manifestOf(upload, description)));
        upload.destroy();
        return { answer };
      } catch (error) {
        const moved = error instanceof RoomMoved;
        await this.#failed(upload, transfer.rid, error, moved || options.signal?.aborted === true);
        if (moved) return null;
        throw error;
      }
    });
    return sent === null ? this.send(file, options) : sent.answer;
  }

  /**
   * Fetches and opens a file. The Blob is handed out only when all of it has been checked.
   * @throws QsecError `KEY_COMMIT`, `DECRYPT`, `TRUNCATED`, `TRAILING`, `PADDING`, `unknown_blob`, `aborted`, `destroyed`, or
   * another refusal of the relay
   */
  open(manifest: FileManifest, options: OpenFileOptions = {}): Promise<Blob> {
    return this.#transfer(options, (transfer) => downloadBlob(manifest, transfer));
  }

  /** The same into a sink, which is closed when all of it has been checked and aborted otherwise. */
  openInto(manifest: FileManifest, sink: FileSink, options: OpenFileOptions = {}): Promise<void> {
    return this.#transfer(options, (transfer) => download(manifest, sink, transfer));
  }

  async #transfer<T>(
    { signal, onProgress, rid = this.#host.rid().slice() }: OpenFileOptions,
    run: (transfer: TransferOptions) => Promise<T>,
  ): Promise<T> {
    throwIfAborted(this.#end.signal);
    const { controller, release } = linkedController(signal);
    const stop = () => controller.abort(this.#end.signal.reason);
    this.#end.signal.addEventListener("abort", stop, { once: true });
    const remote = (blob: Uint8Array) => new RemoteBlob((request, at) => this.#blobs.ask(request, at), blob);
    try {
      return await run({ rid, remote, signal: controller.signal, onProgress });
    } finally {
      release();
      this.#end.signal.removeEventListener("abort", stop);
    }
  }

  /** The uploads of this room that may go on. What is tried is taken out, so that no two transfers share a blob. */
  *#earlier(rid: Uint8Array, { resume }: { readonly resume?: UploadState }): Generator<UploadState> {
    for (const unfinished of [...this.#unfinished]) {
      if (!equalBytes(unfinished.rid, rid)) continue;
      this.#unfinished.delete(unfinished);
      yield unfinished.upload.state;
      this.#unfinished.add(unfinished); // asked for the next one: it was another file
    }
    if (resume !== undefined) yield resume;
  }

  /** Keeps what can go on; what its sender stopped is taken from the relay. */
  async #failed(upload: Upload, rid: Uint8Array, error: unknown, stopped: boolean): Promise<void> {
    const changed = error instanceof QsecError && error.code === "file_changed";
    if (this.#end.signal.aborted) return upload.destroy();
    if (!stopped && !changed) return void this.#unfinished.add({ rid, upload });
    const { blob } = upload.state;
    upload.destroy();
    const request: BlobRequest = { event: "blob_drop", header: { blob: toBase64url(blob) } };
    // Without insisting: what is left at the relay expires by itself, and the first failure is the one to report.
    await this.#host.blob(request).catch(() => undefined);
  }
}

function manifestOf({ state: { blob, key, digest, size } }: Upload, description: FileDescription): FileManifest {
  return { blob, key, digest, size, ...description };
}
