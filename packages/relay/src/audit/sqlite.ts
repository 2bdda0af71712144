import type { RoomLogEntry } from "@qsec2/sdk/wire";
import { AUDIT_ROWS_AT_ONCE } from "../limits.js";
import { CHAIN_START, chainHash } from "./chain.js";
import type { AuditRow } from "./rows.js";
import type { SqliteDriver, SqliteStatement, SqliteValue } from "./sqlite-driver.js";
import { inTransaction } from "./transaction.js";

/** A row of `room_logs` that waits, or a change of another table. */
type Waiting = QueuedLine | { readonly statement: SqliteStatement; readonly values: readonly SqliteValue[] };
type QueuedLine = RoomLogEntry & { readonly room: string };

/** What an attempt to write has come to. */
export interface Written {
  readonly rows: number;
  /** What the disk or SQLite has said; the rows that are left go on waiting. */
  readonly error?: unknown;
}

/**
 * The tables of the audit log, on the thread that may wait for the disk. What is to be written waits in memory until
 * `write`; readers see it at once. How much may wait is the caller's to decide.
 */
export class SqliteAudit {
  readonly #driver: SqliteDriver;
  readonly #sql: ReturnType<typeof prepareStatements>;
  /** The id of the line from which the log of an open room is shown to its members. */
  readonly #firstIds = new Map<string, number>();
  #queue: Waiting[] = [];
  #nextId: number;

  /**
   * @param driver a database that `prepareDatabase` has set up
   * @param at the time, milliseconds since 1970
   */
  constructor(driver: SqliteDriver, at: number) {
    this.#driver = driver;
    this.#sql = prepareStatements(driver);
    this.#nextId = this.#head().id + 1;
    this.#nobodyIsHere(at); // of a relay that starts; what is left over is from one that was killed
  }

  take(row: AuditRow): void {
    const { openRoom, closeRoom, addUser, removeUser, setKey } = this.#sql;
    switch (row[0]) {
      case "line": {
        const [, room, message, at] = row;
        this.#queue.push({ id: this.#nextId++, room, message, created_at: iso(at) });
        return;
      }
      case "opened": {
        const [, room, expected, at] = row;
        this.#firstIds.set(room, this.#nextId);
        return this.#change(openRoom, room, iso(at), expected);
      }
      case "closed":
        this.#firstIds.delete(row[1]);
        return this.#change(closeRoom, iso(row[2]), row[1]);
      case "joined":
        return this.#change(addUser, row[1], row[2]);
      case "left":
        return this.#change(removeUser, row[1], row[2]);
      case "key":
        return this.#change(setKey, Buffer.from(row[2], "hex"), row[1]);
    }
  }

  /** Writes the oldest rows that wait, at most `AUDIT_ROWS_AT_ONCE`, in one transaction. */
  write(): Written {
    if (this.#queue.length === 0) return { rows: 0 };
    try {
      const rows = inTransaction(this.#driver, () => this.#writeRows());
      this.#queue = this.#queue.slice(rows);
      return { rows };
    } catch (error) {
      return { rows: 0, error };
    }
  }

  /** The first `limit` lines of the room with a larger id than `since`, oldest first. @throws what the library throws */
  after(room: string, since: number, limit: number): readonly RoomLogEntry[] {
    const from = Math.max(since + 1, this.#firstIds.get(room) ?? 0);
    const stored = this.#sql.linesFrom.all(room, from, limit) as RoomLogEntry[];
    return [...stored, ...this.#waitingLines(room, from)].slice(0, limit);
  }

  /** The last `limit` lines of the room, oldest first. @throws what the library throws */
  latest(room: string, limit: number): readonly RoomLogEntry[] {
    const from = this.#firstIds.get(room) ?? 0;
    const stored = (this.#sql.lastLines.all(room, from, limit) as RoomLogEntry[]).toReversed();
    return [...stored, ...this.#waitingLines(room, from)].slice(-limit);
  }

  /** Says that nobody is here any more, as far as the disk takes it, and lets go of the file. */
  close(at: number): void {
    if (this.waiting === 0) {
      this.#nobodyIsHere(at);
      this.write();
    }
    this.#driver.close();
  }

  get waiting(): number {
    return this.#queue.length;
  }

  #change(statement: SqliteStatement, ...values: SqliteValue[]): void {
    this.#queue.push({ statement, values });
  }

  #nobodyIsHere(at: number): void {
    this.#change(this.#sql.clearUsers);
    this.#change(this.#sql.closeRooms, iso(at));
  }

  /** The newest row of the file: its id and hash. */
  #head(): { readonly id: number; readonly hash: Uint8Array } {
    const [row] = this.#sql.head.all() as { id: number; hash: Uint8Array }[];
    return row ?? { id: 0, hash: CHAIN_START };
  }

  #writeRows(): number {
    const head = this.#head();
    this.#moveIdsPast(head.id);
    const rows = this.#queue.slice(0, AUDIT_ROWS_AT_ONCE);
    let previous = head.hash;
    for (const row of rows) {
      if ("statement" in row) {
        row.statement.run(...row.values);
      } else {
        const { id, room, message, created_at } = row;
        previous = chainHash(previous, { id, room_id: room, message, created_at });
        this.#sql.addLine.run(id, room, message, created_at, previous);
      }
    }
    return rows.length;
  }

  /** A second relay on the same file has taken our ids: ours move behind its rows, and the chain goes on. */
  #moveIdsPast(id: number): void {
    const first = this.#queue.find((row) => "id" in row);
    if (!first || first.id > id) return;
    const shift = id + 1 - first.id;
    this.#queue = this.#queue.map((row) => ("id" in row ? { ...row, id: row.id + shift } : row));
    this.#nextId += shift;
  }

  #waitingLines(room: string, from: number): RoomLogEntry[] {
    const lines = this.#queue.filter((row): row is QueuedLine => "id" in row && row.room === room && row.id >= from);
    return lines.map(({ id, message, created_at }) => ({ id, message, created_at }));
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function prepareStatements(driver: SqliteDriver) {
  return {
    clearUsers: driver.prepare("DELETE FROM room_users"),
    closeRooms: driver.prepare("UPDATE rooms SET closed_at = ? WHERE closed_at IS NULL"),
    openRoom: driver.prepare(
      "INSERT OR REPLACE INTO rooms (room_id, key, created_at, expected, closed_at) VALUES (?, NULL, ?, ?, NULL)",
    ),
    closeRoom: driver.prepare("UPDATE rooms SET closed_at = ? WHERE room_id = ?"),
    addUser: driver.prepare("INSERT OR IGNORE INTO room_users (room_id, username) VALUES (?, ?)"),
    removeUser: driver.prepare("DELETE FROM room_users WHERE room_id = ? AND username = ?"),
    setKey: driver.prepare("UPDATE rooms SET key = ? WHERE room_id = ?"),
    head: driver.prepare("SELECT id, hash FROM room_logs ORDER BY id DESC LIMIT 1"),
    addLine: driver.prepare("INSERT INTO room_logs (id, room_id, message, created_at, hash) VALUES (?, ?, ?, ?, ?)"),
    linesFrom: driver.prepare(
      "SELECT id, message, created_at FROM room_logs WHERE room_id = ? AND id >= ? ORDER BY id LIMIT ?",
    ),
    lastLines: driver.prepare(
      "SELECT id, message, created_at FROM room_logs WHERE room_id = ? AND id >= ? ORDER BY id DESC LIMIT ?",
    ),
  };
}
