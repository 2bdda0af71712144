import type { SqliteDriver } from "../audit/sqlite-driver.js";
import type { KeptMessage } from "./message-store.js";
import type { MessageRow, MessageRows, RowSize, RowSum } from "./message-rows.js";

/** How many pages of 4 KiB are given back at a time. */
const PAGES_AT_ONCE = 1_024;

/** Messages in the relay's SQLite file: one that was answered survives the end of the process, however sudden. */
export class SqliteRows implements MessageRows {
  readonly #driver: SqliteDriver;
  readonly #sql: ReturnType<typeof prepareStatements>;

  /** @param driver a database that `prepareDatabase` has set up; a connection of its own */
  constructor(driver: SqliteDriver) {
    this.#driver = driver;
    this.#sql = prepareStatements(driver);
  }

  load(): readonly RowSum[] {
    return this.#sql.sums.all() as RowSum[];
  }

  add({ room, seq, from, sealed, createdAt, expiresAt }: MessageRow): void {
    this.#sql.add.run(room, seq, from, sealed, createdAt, expiresAt);
  }

  sizes(room: string, since: number, limit: number, now: number): readonly RowSize[] {
    return this.#sql.sizes.all(room, since, now, limit) as RowSize[];
  }

  read(room: string, since: number, through: number, now: number): readonly KeptMessage[] {
    return this.#sql.read.all(room, since, through, now) as KeptMessage[];
  }

  removeThrough(room: string, seq: number): void {
    this.#sql.removeThrough.run(room, seq);
  }

  removeExpired(now: number): readonly RowSum[] {
    const sums = this.#sql.expiredSums.all(now) as RowSum[];
    if (sums.length > 0) this.#sql.removeExpired.run(now);
    return sums;
  }

  nextExpiry(): number {
    const [row] = this.#sql.nextExpiry.all() as { next: number | null }[];
    return row?.next ?? Infinity;
  }

  compact(): void {
    this.#driver.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`);
  }

  close(): void {
    this.#driver.close();
  }
}

const SUM = "room_id AS room, COUNT(*) AS messages, SUM(LENGTH(sealed)) AS bytes, MAX(seq) AS last";

function prepareStatements(driver: SqliteDriver) {
  return {
    sums: driver.prepare(`SELECT ${SUM} FROM room_messages GROUP BY room_id`),
    add: driver.prepare(
      "INSERT INTO room_messages (room_id, seq, sender, sealed, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    sizes: driver.prepare(
      "SELECT seq, LENGTH(sealed) AS bytes FROM room_messages WHERE room_id = ? AND seq > ? AND expires_at > ? ORDER BY seq LIMIT ?",
    ),
    read: driver.prepare(
      'SELECT seq, sender AS "from", sealed FROM room_messages WHERE room_id = ? AND seq > ? AND seq <= ? AND expires_at > ? ORDER BY seq',
    ),
    removeThrough: driver.prepare("DELETE FROM room_messages WHERE room_id = ? AND seq <= ?"),
    expiredSums: driver.prepare(`SELECT ${SUM} FROM room_messages WHERE expires_at <= ? GROUP BY room_id`),
    removeExpired: driver.prepare("DELETE FROM room_messages WHERE expires_at <= ?"),
    nextExpiry: driver.prepare("SELECT MIN(expires_at) AS next FROM room_messages"),
  };
}
