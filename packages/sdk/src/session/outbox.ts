import type { ContentType } from "../room/group-message.js";
import type { SealedMessage } from "../room/seal.js";
import { QsecError } from "../wire/errors.js";
import type { Accepted, Refusal } from "../wire/events.js";
import { deferred, type Deferred } from "./waiting.js";

/** What a person says to the room, before it is sealed. */
export interface Draft {
  readonly type: ContentType;
  readonly body: Uint8Array;
  /** Tells the application what it has said, when the relay has taken it. */
  readonly show: (said: Said) => void;
}

/** A message with its place in an epoch, and when this device sealed it. */
export interface Said extends SealedMessage {
  readonly sentAt: number;
}

interface Entry {
  readonly draft: Draft;
  said: Said | null;
  readonly done: Deferred<Said>;
  readonly signal: AbortSignal | undefined;
}

export interface OutboxHost {
  /** Whether the room can seal now. */
  isReady(): boolean;
  /** Whether frames of that epoch can still be read. */
  holds(epoch: number): boolean;
  seal(draft: Draft, now: number): Promise<SealedMessage>;
  send(said: Said): Promise<Accepted | Refusal>;
  /** Whether a message that the relay has taken is still to be shown: the history may have had it first. */
  isNew(said: Said): boolean;
}

/** More waiting messages than a person types; a program that goes on is told to wait. */
const CAPACITY = 1024;

/**
 * What was said and the relay has not taken yet, in order. It waits while the link is down or the room's leader has not
 * confirmed the roster lately. What is sealed once is sent again as the same bytes, which the receivers' Chains count once.
 */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #entries = new Set<Entry>();
  #linked = false;

  constructor(host: OutboxHost) {
    this.#host = host;
  }

  /** Whether something waits to be sealed. */
  get isWaiting(): boolean {
    return [...this.#entries].some(({ said, signal }) => said === null && signal?.aborted !== true);
  }

  /** Resolves when the relay has taken the message. @throws QsecError `rate_limited` when too much waits */
  add(draft: Draft, signal?: AbortSignal): Promise<Said> {
    if (this.#entries.size >= CAPACITY)
      throw new QsecError("rate_limited", `${CAPACITY} messages wait to be sent already: wait for some of them.`);
    const entry: Entry = { draft, said: null, done: deferred(), signal };
    this.#entries.add(entry);
    return entry.done.promise;
  }

  /** Seals and sends what can go, in order. Runs as part of a step of the room: calls must not overlap. */
  async flush(): Promise<void> {
    for (const entry of this.#entries) {
      if (entry.said !== null) continue;
      if (entry.signal?.aborted === true) {
        this.#fail(entry, new QsecError("aborted", "The message was taken back before it was sealed."));
        continue;
      }
      if (!this.#linked || !this.#host.isReady()) return;
      await this.#seal(entry);
    }
  }

  /** Nobody is left of those to whom the waiting messages were said. */
  dropWaiting(error: QsecError): void {
    for (const entry of this.#entries) if (entry.said === null) this.#fail(entry, error);
  }

  linkDown(): void {
    this.#linked = false;
  }

  /** The link is back: what the relay may not have taken goes out again, as long as somebody can read it. */
  linkUp(): void {
    this.#linked = true;
    for (const entry of this.#entries) {
      if (entry.said === null) continue;
      if (this.#host.holds(entry.said.epoch)) void this.#attempt(entry);
      else {
        const text = "The link was down for too long to know whether this message was passed on.";
        this.#fail(entry, new QsecError("link_lost", text));
      }
    }
  }

  /** Nothing is sent any more. */
  giveUp(error: QsecError): void {
    for (const { done } of this.#entries) done.reject(error);
    this.#entries.clear();
  }

  async #seal(entry: Entry): Promise<void> {
    const now = Date.now();
    try {
      entry.said = { ...(await this.#host.seal(entry.draft, now)), sentAt: now };
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      return this.#fail(entry, error);
    }
    void this.#attempt(entry);
  }

  async #attempt(entry: Entry): Promise<void> {
    const said = entry.said!;
    let reply: Accepted | Refusal;
    try {
      reply = await this.#host.send(said);
    } catch (error) {
      if (error instanceof QsecError && error.code === "link_lost") return; // stays until the link is back, or giveUp
      this.#fail(entry, error);
      return;
    }
    if (!this.#entries.delete(entry)) return;
    if (!reply.ok) return entry.done.reject(new QsecError(reply.code, reply.message));
    if (this.#host.isNew(said)) entry.draft.show(said);
    entry.done.resolve(said);
  }

  #fail(entry: Entry, error: unknown): void {
    this.#entries.delete(entry);
    entry.done.reject(error);
  }
}
