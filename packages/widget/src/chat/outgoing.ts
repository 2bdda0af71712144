import { QsecError, type FileProgress, type MessageRef, type QsecSession } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";
import type { ChatModel } from "./model/chat-model.js";
import type { LocalFile } from "./model/entries.js";

/** Failures of a file that come again with the same file. */
const LASTING: ReadonlySet<string> = new Set(["file_too_large", "file_changed", "not_supported"]);

export interface OutgoingHost {
  readonly session: QsecSession;
  readonly model: ChatModel;
  readonly words: () => Words;
  /** Makes a small picture of an image or a video, for the message about it. */
  readonly picture: (file: Blob) => Promise<Uint8Array | undefined>;
  readonly changed: () => void;
}

/** What this person sends: shown as waiting until the relay has it, with what can still be done about it. */
export class Outgoing {
  readonly #host: OutgoingHost;
  readonly #uploads = new Map<string, AbortController>();

  constructor(host: OutgoingHost) {
    this.#host = host;
  }

  /** Rejects, with nothing left waiting, when the text could not be sent. */
  async text(text: string, replyTo: MessageRef | null): Promise<void> {
    const { session, model, changed } = this.#host;
    const id = model.wait({ text, replyTo }, session.username, Date.now());
    changed();
    try {
      await session.send(text, replyTo === null ? {} : { replyTo });
    } finally {
      // It was sent under this id, or not at all.
      model.drop(id);
      changed();
    }
  }

  file(file: File): void {
    const { session, model, changed } = this.#host;
    const local = { content: file, name: file.name, mime: file.type };
    const id = model.wait({ local }, session.username, Date.now());
    changed();
    void this.#upload(id, local);
  }

  /** The same file again; what the relay has of it is not sent twice. */
  retry(id: string): void {
    const entry = this.#host.model.waiting(id);
    if (entry?.mark !== "failed" || entry.local === null) return;
    this.#update(id, { mark: "sending", failure: null, progress: null });
    void this.#upload(id, entry.local);
  }

  /** Stops an upload, or takes a failed one out of the list. */
  cancel(id: string): void {
    this.#uploads.get(id)?.abort();
    this.#host.model.drop(id);
    this.#host.changed();
  }

  end(): void {
    for (const upload of this.#uploads.values()) upload.abort();
  }

  async #upload(id: string, { content, name, mime }: LocalFile): Promise<void> {
    const { session, model, picture, changed } = this.#host;
    const controller = new AbortController();
    const { signal } = controller;
    this.#uploads.set(id, controller);
    try {
      const thumb = await picture(content);
      const onProgress = (progress: FileProgress) => this.#update(id, { progress });
      await session.sendFile(content, { name, mime, signal, onProgress, ...(thumb === undefined ? {} : { thumb }) });
      model.drop(id);
      changed();
    } catch (error) {
      if (!signal.aborted)
        this.#update(id, {
          mark: "failed",
          failure: { text: sentenceOf(error, this.#host.words()), lasting: LASTING.has(codeOf(error)) },
        });
    } finally {
      this.#uploads.delete(id);
    }
  }

  #update(id: string, change: Parameters<ChatModel["update"]>[1]): void {
    this.#host.model.update(id, change);
    this.#host.changed();
  }
}

function codeOf(error: unknown): string {
  return error instanceof QsecError ? error.code : "";
}

/** What went wrong, in the reader's words where there are any. */
export function sentenceOf(error: unknown, { media, failure }: Words): string {
  const code = codeOf(error);
  return media.failure[code] ?? failure[code] ?? (error instanceof Error ? error.message : String(error));
}
