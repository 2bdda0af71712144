import { createHash } from "node:crypto";

/** A row of `room_logs`. */
export interface LogRow {
  readonly id: number;
  readonly room_id: string;
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
  return createHash("sha256").update(previous).update(fields).digest();
}

export interface ChainReport {
  readonly rows: number;
  /** The first row that does not follow from the one before it: it, or one before it, was changed or removed. */
  readonly brokenAt?: number;
}

/**
 * Recomputes the chain over all rows, ordered by id. It shows rows that were changed, inserted or removed; it cannot show
 * that the newest rows were cut off, nor that someone rewrote everything from some row on.
 */
export function verifyChain(rows: Iterable<LogRow>): ChainReport {
  let previous = CHAIN_START;
  let count = 0;
  for (const row of rows) {
    if (!Buffer.from(row.hash).equals(chainHash(previous, row))) return { rows: count, brokenAt: row.id };
    previous = row.hash;
    count++;
  }
  return { rows: count };
}
