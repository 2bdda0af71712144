import { HISTORY_PAGE_BYTES, HISTORY_PAGE_MAX, QsecError, type HistoryPage } from "@qsec2/sdk/wire";
import { whenThere, type Soon } from "../soon.js";
import type { KeptMessage, MessageStats, MessageStore, NewMessage, RoomNumbers } from "./message-store.js";
import type { MessageRows, RowSize } from "./message-rows.js";

const MIB = 2 ** 20;
/** How many of the oldest messages of a full room are looked at to make place for one. */
const OLDEST_AT_ONCE = 16;

export interface HistoryLimits {
  /** Seconds that a message is kept; 0: none is. */
  readonly history: number;
  /** MiB that one room may have; then its oldest messages go. */
  readonly historyQuota: number;
  /** MiB that all rooms together may have. */
  readonly historyTotal: number;
}

interface RoomTotal {
  messages: number;
  bytes: number;
  last: number;
}

/** The rules of a message store over rows that hold the bytes. Sums are known by heart, the bytes are not. */
export class Messages implements MessageStore {
  readonly #rows: MessageRows;
  readonly #limits: HistoryLimits;
  readonly #now: () => number;
  readonly #totals = new Map<string, RoomTotal>();
  #messages = 0;
  #bytes = 0;
  /** No message's time is over before this moment. */
  #nextExpiry: number;
  #closed = false;

  /** @param now milliseconds since 1970 */
  constructor(rows: MessageRows, limits: HistoryLimits, now: () => number = Date.now) {
    this.#rows = rows;
    this.#limits = limits;
    this.#now = now;
    for (const { room, messages, bytes, last } of rows.load()) this.#count(room, messages, bytes, last);
    this.#nextExpiry = rows.nextExpiry();
  }

  add(room: string, { from, sealed }: NewMessage, numbers: RoomNumbers): Soon<number> {
    return whenThere(numbers.lastSequence(room), (last) => {
      this.#add(room, { seq: last + 1, from, sealed });
      return numbers.nextSequence(room);
    });
  }

  #add(room: string, { seq, from, sealed }: KeptMessage): void {
    this.#requireEnabled();
    this.expire();
    this.#makePlace(room, sealed.length);
    const { history, historyTotal } = this.#limits;
    if (this.#bytes + sealed.length > historyTotal * MIB) throw noPlace();
    const createdAt = this.#now();
    const expiresAt = createdAt + history * 1000;
    this.#rows.add({ room, seq, from, sealed, createdAt, expiresAt });
    this.#count(room, 1, sealed.length, seq);
    this.#nextExpiry = Math.min(this.#nextExpiry, expiresAt);
  }

  page(room: string, since: number): Pick<HistoryPage<Uint8Array>, "messages" | "more"> {
    this.#requireEnabled();
    const now = this.#now();
    const sizes = this.#rows.sizes(room, since, HISTORY_PAGE_MAX + 1, now);
    const fitting = sizes.slice(0, pageLength(sizes));
    const through = fitting.at(-1)?.seq;
    if (through === undefined) return { messages: [], more: false };
    const messages = this.#rows.read(room, since, through, now);
    return {
      messages: messages.map(({ seq, from, sealed }) => ({ seq, from, frame: sealed })),
      more: fitting.length < sizes.length,
    };
  }

  last(room: string): number {
    return this.#totals.get(room)?.last ?? 0;
  }

  expire(): void {
    const now = this.#now();
    if (this.#closed || now < this.#nextExpiry) return;
    const over = this.#rows.removeExpired(now);
    for (const { room, messages, bytes } of over) this.#count(room, -messages, -bytes, 0);
    if (over.length > 0) this.#rows.compact();
    this.#nextExpiry = this.#rows.nextExpiry();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rows.close();
  }

  get stats(): MessageStats {
    return { messages: this.#messages, bytes: this.#bytes };
  }

  #requireEnabled(): void {
    if (this.#limits.history === 0) throw historyDisabled();
  }

  /** The oldest messages of a room that is full go for the newest. */
  #makePlace(room: string, bytes: number): void {
    const quota = this.#limits.historyQuota * MIB;
    for (;;) {
      const excess = (this.#totals.get(room)?.bytes ?? 0) + bytes - quota;
      if (excess <= 0) return;
      const oldest = this.#rows.sizes(room, 0, OLDEST_AT_ONCE, 0);
      const going = oldest.slice(0, countFor(oldest, excess));
      const last = going.at(-1);
      if (last === undefined) return; // nothing is left: the message goes to an empty room
      this.#rows.removeThrough(room, last.seq);
      this.#count(room, -going.length, -sum(going), 0);
    }
  }

  #count(room: string, messages: number, bytes: number, last: number): void {
    const total = this.#totals.get(room) ?? { messages: 0, bytes: 0, last: 0 };
    total.messages += messages;
    total.bytes += bytes;
    total.last = Math.max(total.last, last);
    this.#messages += messages;
    this.#bytes += bytes;
    if (total.messages > 0) this.#totals.set(room, total);
    else this.#totals.delete(room);
  }
}

export function historyDisabled(): QsecError {
  return new QsecError("history_disabled", "This relay keeps no messages; its option --history turns that on.");
}

export function noPlace(): QsecError {
  return new QsecError("quota_exceeded", "The relay has no place to keep more messages at the moment.");
}

/** How many of the messages go into one page; the first one always does. */
function pageLength(sizes: readonly RowSize[]): number {
  let bytes = 0;
  const beyond = sizes.findIndex(
    (row, i) => i === HISTORY_PAGE_MAX || ((bytes += row.bytes) > HISTORY_PAGE_BYTES && i > 0),
  );
  return beyond < 0 ? sizes.length : beyond;
}

/** How many of the messages free so many bytes, or all of them. */
function countFor(sizes: readonly RowSize[], bytes: number): number {
  let freed = 0;
  const enough = sizes.findIndex((row) => (freed += row.bytes) >= bytes);
  return enough < 0 ? sizes.length : enough + 1;
}

function sum(sizes: readonly RowSize[]): number {
  return sizes.reduce((total, { bytes }) => total + bytes, 0);
}
