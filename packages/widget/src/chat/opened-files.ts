import type { FileManifest, FileProgress, MemberId, QsecSession } from "@qsec2/sdk";

/** What is kept of opened files, bytes; beyond it the one that was opened first is let go. */
const KEPT_BYTES = 128 * 2 ** 20;

/** The files of one session that were opened, so that scrolling does not fetch them again. */
export class OpenedFiles {
  readonly #session: QsecSession;
  readonly #opened = new Map<FileManifest, Blob>();
  /** Each member's last one that was not asked for. */
  readonly #unasked = new Map<MemberId, Promise<unknown>>();
  #bytes = 0;

  constructor(session: QsecSession) {
    this.#session = session;
  }

  get(file: FileManifest): Blob | null {
    return this.#opened.get(file) ?? null;
  }

  /** @throws QsecError as the session's `openFile` does */
  async open(file: FileManifest, signal: AbortSignal, onProgress: (progress: FileProgress) => void): Promise<Blob> {
    const blob = this.get(file) ?? (await this.#session.openFile(file, { signal, onProgress }));
    this.#keep(file, blob);
    return blob;
  }

  /**
   * The same for what nobody has asked for: one after the other of each member, so that who offers many at once leaves the
   * line and the processor to the others.
   */
  openUnasked(from: MemberId, ...args: Parameters<OpenedFiles["open"]>): Promise<Blob> {
    if (this.get(args[0]) !== null) return this.open(...args);
    const opening = Promise.resolve(this.#unasked.get(from)).then(() => this.open(...args));
    this.#unasked.set(
      from,
      opening.catch(() => undefined),
    );
    return opening;
  }

  clear(): void {
    this.#opened.clear();
    this.#bytes = 0;
  }

  #keep(file: FileManifest, blob: Blob): void {
    if (this.#opened.has(file) || blob.size > KEPT_BYTES) return;
    this.#opened.set(file, blob);
    this.#bytes += blob.size;
    for (const [oldest, { size }] of this.#opened) {
      if (this.#bytes <= KEPT_BYTES) return;
      this.#opened.delete(oldest);
      this.#bytes -= size;
    }
  }
}
