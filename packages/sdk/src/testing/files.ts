/** Files and a relay's parts for the tests of attachments. */
import { RemoteBlob, type AskRelay } from "../attachments/blob-client.js";
import type { FileSource } from "../attachments/source.js";
import type { TransferOptions } from "../attachments/upload.js";
import { MemoryBlobs } from "../transport/memory-blobs.js";
import type { BlobRequest } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { pooledDrbg } from "./drbg.js";

export const RID = new Uint8Array(32).fill(0x11);

/** Repeatable content that does not repeat itself. */
export function content(size: number, seed = "file"): Uint8Array<ArrayBuffer> {
  const random = pooledDrbg(seed);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 4096) bytes.set(random(Math.min(4096, size - at)), at);
  return bytes;
}

/** A file that makes its content while it is read, so that none of it has to be held. */
export function generated(size: number, fill: (offset: number) => number = (offset) => offset >> 10): FileSource {
  return {
    size,
    stream: () => {
      let at = 0;
      return new ReadableStream({
        pull(controller) {
          const bytes = new Uint8Array(Math.min(65_536, size - at)).map((_, i) => fill(at + i));
          at += bytes.length;
          if (bytes.length > 0) controller.enqueue(bytes);
          if (at >= size) controller.close();
        },
      });
    },
  };
}

export interface TestStore {
  readonly blobs: MemoryBlobs;
  readonly requests: BlobRequest[];
  readonly options: TransferOptions;
}

/** Transfers with a relay's store in memory. `before` sees each request, and may throw or wait. */
export function testStore(before: (request: BlobRequest) => Promise<void> | void = () => {}, rid = RID): TestStore {
  const blobs = new MemoryBlobs();
  const requests: BlobRequest[] = [];
  const ask: AskRelay = async (request, signal) => {
    requests.push(request);
    await before(request);
    if (signal.aborted) throw new QsecError("aborted", "The transfer was stopped.");
    const answer = blobs.answer("testroom", request);
    if (!answer.ok) throw new QsecError(answer.code, answer.message);
    return answer;
  };
  return { blobs, requests, options: { rid, remote: (blob) => new RemoteBlob(ask, blob) } };
}

/** What `call` throws. */
export async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}
