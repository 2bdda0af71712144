import { throwIfAborted } from "../attachments/abort.js";
import type { BlobAnswer, BlobReply, BlobRequest } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { passesWithLink, retryAfter } from "./passing-refusals.js";
import { refused } from "./problems.js";
import { abortable } from "./waiting.js";

/** Asks the relay about blobs for as long as it takes: what a dropped link has swallowed is asked again. */
export class SteadyBlobs {
  readonly #blob: (request: BlobRequest) => Promise<BlobReply>;
  readonly #waiting = new Set<() => void>();
  #ups = 0;

  constructor(blob: (request: BlobRequest) => Promise<BlobReply>) {
    this.#blob = blob;
  }

  /** The member is in its room again: everything that waits for that goes on. */
  linkUp(): void {
    this.#ups++;
    for (const go of [...this.#waiting]) go();
  }

  /**
   * Repeating a request is harmless: a part that the relay has already stays as it is.
   * @throws QsecError `aborted`, or the relay's refusal
   */
  async ask(request: BlobRequest, signal: AbortSignal): Promise<BlobAnswer> {
    for (;;) {
      throwIfAborted(signal);
      const ups = this.#ups;
      const problem = await this.#try(request, signal);
      throwIfAborted(signal);
      if (!(problem instanceof QsecError)) return problem;
      const pause = retryAfter(problem.code);
      if (pause === null) throw problem;
      if (!passesWithLink(problem.code)) await this.#pause(pause, signal);
      // When the link came back while the request was failing, the word of it is not to be waited for.
      else if (ups === this.#ups) await this.#pause(pause, signal, "or the link");
    }
  }

  async #try(request: BlobRequest, signal: AbortSignal): Promise<BlobAnswer | QsecError> {
    try {
      const reply = await abortable(this.#blob(request), signal);
      return reply.ok ? reply : refused(reply);
    } catch (error) {
      if (error instanceof QsecError) return error;
      throw error;
    }
  }

  async #pause(milliseconds: number, signal: AbortSignal, or?: "or the link"): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", go);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, milliseconds);
      signal.addEventListener("abort", go, { once: true });
      if (or !== undefined) this.#waiting.add(go);
      if (signal.aborted) go();
    });
  }
}
