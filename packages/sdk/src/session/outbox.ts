import type { ContentType } from "../room/group-message.js";
import type { SealedMessage } from "../room/seal.js";
import { QsecError } from "../wire/errors.js";
import type { Accepted, Refusal } from "../wire/events.js";
import { retryAfter } from "./passing-refusals.js";
import { asQsecError, refused } from "./problems.js";
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
  readonly done: Deferred<Said>;
  readonly signal: AbortSignal | undefined;
}

interface Leaving extends Entry {
  readonly said: Said;
}

export interface OutboxHost {
  /** Whether the room can seal now. */
  isReady(): boolean;
  /** Whether frames of the epoch with this hash can still be read. */
  holds(hash: Uint8Array): boolean;
  seal(draft: Draft, now: number): Promise<SealedMessage>;
  send(said: Said): Promise<Accepted | Refusal>;
  /** Whether a message that the relay has taken is still to be shown: the history may have had it first. */
  isNew(said: Said): boolean;
  /** The relay has taken a message, or refused it for good (null): the next may go, by {@link Outbox.flush}. */
  next(taken: Said | null): void;
}

/** More waiting messages than a person types; a program that goes on is told to wait. */
const CAPACITY = 1024;

/**
 * What was said and the relay has not taken yet, in order. It waits while the link is down or the room's leader has not
 * confirmed the roster lately. A message is sealed when the one before it was taken: so the order holds whatever the relay
 * refuses, and what waits is sealed for who is in the room then. What is sealed once is sent again as the same bytes, which
 * the receivers' Chains count once.
 */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #waiting = new Set<Entry>();
  /** The one message that is sealed and that the relay has not taken yet. */
  #leaving: Leaving | null = null;
  /** Tells the answer to the latest attempt from those that a link before it still owes. */
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #linked = false;

  constructor(host: OutboxHost) {
    this.#host = host;
  }

  /** Whether something waits to be sealed. */
  get isWaiting(): boolean {
    return [...this.#waiting].some(({ signal }) => signal?.aborted !== true);
  }

  /** Resolves when the relay has taken the message. @throws QsecError `rate_limited` when too much waits */
  add(draft: Draft, signal?: AbortSignal): Promise<Said> {
    if (this.#waiting.size >= CAPACITY)
      throw new QsecError("rate_limited", `${CAPACITY} messages wait to be sent already: wait for some of them.`);
    const entry: Entry = { draft, done: deferred(), signal };
    this.#waiting.add(entry);
    return entry.done.promise;
  }

  /** Seals and sends what can go. Runs as part of a step of the room: calls must not overlap. */
  async flush(): Promise<void> {
    this.#dropTakenBack();
    while (this.#leaving === null && this.#linked && this.#host.isReady()) {
      const [entry] = this.#waiting;
      if (entry === undefined) return;
      await this.#seal(entry);
    }
  }

  /** Nobody is left of those to whom the waiting messages were said. */
  dropWaiting(error: QsecError): void {
    for (const { done } of this.#waiting) done.reject(error);
    this.#waiting.clear();
  }

  linkDown(): void {
    this.#linked = false;
    clearTimeout(this.#timer);
  }

  /** The link is back: what the relay may not have taken goes out again, as long as somebody can read it. */
  linkUp(): void {
    this.#linked = true;
    const text = "The link was down for too long to know whether this message was passed on.";
    this.#again(new QsecError("link_lost", text));
  }

  /** Nothing is sent any more. */
  giveUp(error: QsecError): void {
    clearTimeout(this.#timer);
    this.#leaving?.done.reject(error);
    this.#leaving = null;
    this.dropWaiting(error);
  }

  #dropTakenBack(): void {
    for (const entry of this.#waiting) {
      if (entry.signal?.aborted !== true) continue;
      this.#waiting.delete(entry);
      entry.done.reject(new QsecError("aborted", "The message was taken back before it was sealed."));
    }
  }

  async #seal(entry: Entry): Promise<void> {
    const now = Date.now();
    let said: Said;
    try {
      said = { ...(await this.#host.seal(entry.draft, now)), sentAt: now };
    } catch (error) {
      if (!(error instanceof QsecError)) throw error;
      this.#waiting.delete(entry);
      return entry.done.reject(error);
    }
    if (!this.#waiting.delete(entry)) return; // given up meanwhile
    this.#leaving = { ...entry, said };
    void this.#attempt(this.#leaving);
  }

  async #attempt(leaving: Leaving): Promise<void> {
    clearTimeout(this.#timer);
    const attempt = ++this.#attempts;
    const problem = await this.#send(leaving.said);
    if (leaving !== this.#leaving) return; // taken by another attempt, or given up
    if (problem === null) return this.#taken(leaving);
    if (attempt !== this.#attempts) return;
    const pause = retryAfter(problem.code);
    if (pause === null) this.#refuse(leaving, problem);
    else if (this.#linked) this.#timer = setTimeout(() => this.#again(problem), pause);
  }

  /** @param reason why the message has not gone out, where nobody can read it any more */
  #again(reason: QsecError): void {
    const leaving = this.#leaving;
    if (leaving === null) return;
    if (this.#host.holds(leaving.said.hash)) void this.#attempt(leaving);
    else this.#refuse(leaving, reason);
  }

  async #send(said: Said): Promise<QsecError | null> {
    try {
      const reply = await this.#host.send(said);
      return reply.ok ? null : refused(reply);
    } catch (error) {
      return asQsecError(error);
    }
  }

  #taken({ draft, done, said }: Leaving): void {
    this.#leaving = null;
    if (this.#host.isNew(said)) draft.show(said);
    done.resolve(said);
    this.#host.next(said);
  }

  #refuse({ done }: Leaving, reason: QsecError): void {
    this.#leaving = null;
    done.reject(reason);
    this.#host.next(null);
  }
}
