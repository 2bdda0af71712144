/** The messages that a relay in memory keeps. They live as long as the relay, without a quota. */
import type { FetchHistory, StoredMessage } from "../wire/history-events.js";
import { HISTORY_PAGE_BYTES, HISTORY_PAGE_MAX } from "../wire/limits.js";
import type { HistoryReply } from "./transport.js";

/** What is kept of one room. It outlives the room: who comes back finds it. */
export class MemoryHistory {
  readonly #stored: StoredMessage<Uint8Array>[] = [];
  #last = 0;

  /** The room's next sequence number; one counter for what is kept and what is not. */
  nextSequence(): number {
    return ++this.#last;
  }

  keep(message: StoredMessage<Uint8Array>): void {
    this.#stored.push(message);
  }

  page({ since = 0 }: FetchHistory): HistoryReply {
    const after = this.#stored.filter(({ seq }) => seq > since);
    const messages: StoredMessage<Uint8Array>[] = [];
    let bytes = 0;
    for (const message of after.slice(0, HISTORY_PAGE_MAX)) {
      bytes += message.frame.length;
      if (messages.length > 0 && bytes > HISTORY_PAGE_BYTES) break;
      messages.push({ ...message, frame: message.frame.slice() });
    }
    return { ok: true, messages, more: messages.length < after.length, last: this.#last };
  }
}
