import type { LogRow } from "./chain.js";
import { RELAY_ITSELF } from "./rows.js";
import type { SqliteDriver, SqliteValue } from "./sqlite-driver.js";
import type { AuditTag } from "./tags.js";

export interface LogFilter {
  /** Lines of this room, and those about the relay itself; without it, of all rooms. */
  readonly room?: string;
  /** Lines with one of these tags. */
  readonly tags?: readonly AuditTag[];
  /** ISO 8601, UTC: lines of this moment and later. */
  readonly from?: string;
}

const ROWS_AT_ONCE = 1_000;
const COLUMNS = "id, room_id, message, created_at, hash";

/** The rows after an id that pass the filter, oldest first, read a thousand at a time. */
export function* logRowsAfter(driver: SqliteDriver, after: number, filter: LogFilter = {}): Generator<LogRow> {
  const { room, tags = [], from } = filter;
  const conditions = ["id > ?"];
  const values: SqliteValue[] = [];
  const where = (condition: string, ...more: readonly SqliteValue[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  if (room !== undefined) where("room_id IN (?, ?)", room, RELAY_ITSELF);
  if (from !== undefined) where("created_at >= ?", from);
  if (tags.length > 0) {
    const starts = tags.map((tag) => `[${tag}] `);
    where(
      `(${starts.map(() => "SUBSTR(message, 1, ?) = ?").join(" OR ")})`,
      ...starts.flatMap((text) => [text.length, text]),
    );
  }
  const page = driver.prepare(
    `SELECT ${COLUMNS} FROM room_logs WHERE ${conditions.join(" AND ")} ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
  );
  for (let last = after; ;) {
    const rows = page.all(last, ...values) as LogRow[];
    yield* rows;
    // An id that no relay gives would come again and again, rounded: it is the caller's to refuse.
    if (rows.length < ROWS_AT_ONCE || !Number.isSafeInteger(rows.at(-1)!.id)) return;
    last = rows.at(-1)!.id;
  }
}
