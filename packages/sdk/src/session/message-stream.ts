import type { MessageDetail } from "../room/events.js";

/** Messages as an async iterator: nothing that comes while the reader is busy is lost. Ends when the session closes. */
export class MessageStream implements AsyncIterableIterator<MessageDetail> {
  readonly #ready: MessageDetail[] = [];
  readonly #onEnd: (stream: MessageStream) => void;
  readonly #waiting: ((result: IteratorResult<MessageDetail>) => void)[] = [];
  #ended = false;

  constructor(onEnd: (stream: MessageStream) => void) {
    this.#onEnd = onEnd;
  }

  push(message: MessageDetail): void {
    const reader = this.#waiting.shift();
    if (reader === undefined) this.#ready.push(message);
    else reader({ value: message, done: false });
  }

  /** Lets the reader have what came before, then end. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#waiting.splice(0)) reader({ value: undefined, done: true });
  }

  next(): Promise<IteratorResult<MessageDetail>> {
    const message = this.#ready.shift();
    if (message !== undefined) return Promise.resolve({ value: message, done: false });
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<MessageDetail>> {
    this.#onEnd(this);
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
