import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Addresses of blobs for one element; all are taken back when it goes, or when it shows something else. */
export class ObjectUrls implements ReactiveController {
  readonly #urls = new Map<Blob, string>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The same address for the same blob. */
  of(blob: Blob): string {
    const known = this.#urls.get(blob);
    if (known !== undefined) return known;
    const url = URL.createObjectURL(blob);
    this.#urls.set(blob, url);
    return url;
  }

  clear(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }

  hostDisconnected(): void {
    this.clear();
  }
}
