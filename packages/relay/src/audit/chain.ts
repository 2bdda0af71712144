import { hash } from "node:crypto";

/** A row of `room_logs`. */
export interface LogRow {
  /** Rises from row to row. */
  readonly id: number;
  /** Empty for a line about the relay itself. */
  readonly room_id: string;
  /** A tag and its fields, such as `[USER_JOIN] room=standup user=bob`. */
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly created_at: string;
  /** {@link chainHash} over the row before it and the fields of this one: 32 bytes. */
  readonly hash: Uint8Array;
}

/** What stands for the row before the first one. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/** SHA-256(previous row's hash ‖ UTF-8 JSON of [id, room_id, message, created_at]). */
export function chainHash(previous: Uint8Array, row: Omit<LogRow, "hash">): Uint8Array {
  const fields = JSON.stringify([row.id, row.room_id, row.message, row.created_at]);
  return hash("sha256", Buffer.concat([previous, Buffer.from(fields)]), "buffer");
}

/** What checking a hash chain has found. */
export interface ChainReport {
  /** Rows that follow from each other, from the first one on. */
  readonly rows: number;
  /** The last of them; undefined when there is none. */
  readonly last?: LogRow;
  /** The first row that does not follow from the one before it: it, or one before it, was changed or removed. */
  readonly brokenAt?: number;
  /** That row. */
  readonly broken?: LogRow;
}

/**
 * Recomputes the chain over all rows, ordered by id. It shows rows that were changed, inserted or removed; it cannot show
 * that the newest rows were cut off, nor that someone rewrote everything from some row on. For that, keep the id and hash
 * of a row elsewhere and look whether it is still there.
 */
export function verifyChain(rows: Iterable<LogRow>): ChainReport {
  let last: LogRow | undefined;
  let count = 0;
  for (const row of rows) {
    if (!follows(row, last)) return { rows: count, ...(last && { last }), brokenAt: row.id, broken: row };
    last = row;
    count++;
  }
  return { rows: count, ...(last && { last }) };
}

/** Also of rows with values of other types, which whoever changed the file may have put there. */
function follows(row: LogRow, last: LogRow | undefined): boolean {
  if (!Number.isSafeInteger(row.id) || row.id <= (last?.id ?? 0) || !(row.hash instanceof Uint8Array)) return false;
  return Buffer.from(row.hash).equals(chainHash(last?.hash ?? CHAIN_START, row));
}
