import type { KeptMessage } from "./message-store.js";

export interface MessageRow extends KeptMessage {
  readonly room: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What some rows of a room come to. */
export interface RowSum {
  readonly room: string;
  readonly messages: number;
  readonly bytes: number;
  /** The highest number among them. */
  readonly last: number;
}

export interface RowSize {
  readonly seq: number;
  readonly bytes: number;
}

/** Where the bytes are. It knows no rules: those are in `Messages`. */
export interface MessageRows {
  /** What was kept from an earlier run. */
  load(): readonly RowSum[];
  add(row: MessageRow): void;
  /** The first `limit` rows of a room after a number, of those whose time is not over at `now`. */
  sizes(room: string, since: number, limit: number, now: number): readonly RowSize[];
  /** The rows after `since` up to and with `through` whose time is not over, in the order of their numbers. */
  read(room: string, since: number, through: number, now: number): readonly KeptMessage[];
  removeThrough(room: string, seq: number): void;
  /** Removes the rows whose time is over. @returns what they came to, by room */
  removeExpired(now: number): readonly RowSum[];
  /** When the time of the next row is over; Infinity when there is none. */
  nextExpiry(): number;
  /** Called after removals: gives space back. */
  compact(): void;
  close(): void;
}
