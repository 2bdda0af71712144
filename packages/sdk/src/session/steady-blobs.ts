import { throwIfAborted } from "../attachments/abort.js";
import type { BlobAnswer, BlobReply, BlobRequest } from "../transport/transport.js";
import { QsecError } from "../wire/errors.js";
import { refused } from "./problems.js";
import { abortable } from "./waiting.js";

/** How long to wait for word of the link before trying anyway, milliseconds: a request can fail on a link that is up. */
const RETRY_DELAY = 2_000;
/** The relay counts parts per second; a quarter of a second frees some. */
const RATE_DELAY = 250;

/** What will pass by itself: the relay restarts, or has not heard our `join` again yet. */
const PASSING: ReadonlySet<string> = new Set(["link_lost", "draining", "not_joined"]);

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
      if (problem.code === "rate_limited") await this.#pause(RATE_DELAY, signal);
      else if (!PASSING.has(problem.code)) throw problem;
      // When the link came back while the request was failing, the word of it is not to be waited for.
      else if (ups === this.#ups) await this.#pause(RETRY_DELAY, signal, "or the link");
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
