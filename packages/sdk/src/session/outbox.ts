import type { MessageDetail } from "../room/events.js";
import { QsecError } from "../wire/errors.js";
import type { Accepted, Refusal } from "../wire/events.js";
import { deferred, type Deferred } from "./waiting.js";

interface Entry {
  readonly frame: Uint8Array;
  readonly message: MessageDetail;
  readonly done: Deferred<MessageDetail>;
}

/**
 * Sealed messages that the relay has not taken yet, in order. After a drop of the link the identical bytes are sent
 * again, which the receivers' Chains count once.
 */
export class Outbox {
  readonly #entries = new Set<Entry>();
  readonly #send: (frame: Uint8Array) => Promise<Accepted | Refusal>;
  readonly #accepted: (message: MessageDetail) => void;

  constructor(send: (frame: Uint8Array) => Promise<Accepted | Refusal>, accepted: (message: MessageDetail) => void) {
    this.#send = send;
    this.#accepted = accepted;
  }

  /** Sends at once; resolves when the relay has taken the message. */
  add(frame: Uint8Array, message: MessageDetail): Promise<MessageDetail> {
    const entry: Entry = { frame, message, done: deferred() };
    this.#entries.add(entry);
    void this.#attempt(entry);
    return entry.done.promise;
  }

  /** The link is back and the relay has kept this member's place. */
  resend(): void {
    for (const entry of this.#entries) void this.#attempt(entry);
  }

  /** Nobody knows whether the messages that are left were passed on. */
  giveUp(error: QsecError): void {
    for (const { done } of this.#entries) done.reject(error);
    this.#entries.clear();
  }

  async #attempt(entry: Entry): Promise<void> {
    let reply: Accepted | Refusal;
    try {
      reply = await this.#send(entry.frame);
    } catch (error) {
      if (error instanceof QsecError && error.code === "link_lost") return; // stays until the link is back, or giveUp
      this.#entries.delete(entry);
      entry.done.reject(error);
      return;
    }
    if (!this.#entries.delete(entry)) return;
    if (!reply.ok) {
      entry.done.reject(new QsecError(reply.code, reply.message));
      return;
    }
    this.#accepted(entry.message);
    entry.done.resolve(entry.message);
  }
}
