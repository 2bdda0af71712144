import type { BlobAnswer, BlobRequest } from "../transport/transport.js";
import { toBase64url } from "../wire/base64url.js";
import { QsecError } from "../wire/errors.js";

/** Asks the relay; rejects when it refuses, and may try again before it does. */
export type AskRelay = (request: BlobRequest, signal: AbortSignal) => Promise<BlobAnswer>;

/** The parts of one blob at the relay. */
export class RemoteBlob {
  readonly #ask: AskRelay;
  readonly #blob: string;

  /** @param blob the blob's id, 16 bytes */
  constructor(ask: AskRelay, blob: Uint8Array) {
    this.#ask = ask;
    this.#blob = toBase64url(blob);
  }

  async put(part: number, parts: number, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.#ask({ event: "blob_put", header: { blob: this.#blob, part, parts }, bytes }, signal);
  }

  /** The parts, of so many, that the relay does not have. */
  async missing(parts: number, signal: AbortSignal): Promise<Set<number>> {
    const answer = await this.#ask({ event: "blob_have", header: { blob: this.#blob } }, signal);
    const bitmap = answer.parts === parts ? answer.bitmap : undefined;
    const missing = new Set<number>();
    for (let part = 0; part < parts; part++) {
      if (((bitmap?.[part >> 3] ?? 0) & (0x80 >> (part & 7))) === 0) missing.add(part);
    }
    return missing;
  }

  async get(part: number, signal: AbortSignal): Promise<Uint8Array> {
    const { bytes } = await this.#ask({ event: "blob_get", header: { blob: this.#blob, part } }, signal);
    if (bytes === undefined) throw new QsecError("bad_request", "The relay answered without the part of the file.");
    return bytes;
  }

  async drop(signal: AbortSignal): Promise<void> {
    await this.#ask({ event: "blob_drop", header: { blob: this.#blob } }, signal);
  }
}
