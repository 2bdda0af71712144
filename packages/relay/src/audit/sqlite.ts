import type { RoomLogEntry } from "@qsec2/sdk/wire";
import { AUDIT_FLUSH_INTERVAL, AUDIT_QUEUE_MAX } from "../limits.js";
import type { AuditLog, AuditStats } from "./audit-log.js";
import { CHAIN_START, chainHash } from "./chain.js";
import type { SqliteDriver, SqliteStatement, SqliteValue } from "./sqlite-driver.js";

/** A row of `room_logs` that waits, or a change of another table. */
type Waiting = QueuedLine | { readonly statement: SqliteStatement; readonly values: readonly SqliteValue[] };
type QueuedLine = RoomLogEntry & { readonly room: string };

export interface SqliteAuditOptions {
  /** Told once when reading or writing begins to fail, and again after it had worked in between. */
  readonly onFailure: (error: unknown) => void;
  readonly queueMax?: number;
  readonly now?: () => Date;
}

/**
 * The audit log in SQLite. What is to be written waits in memory and is written in one transaction every 100 ms, so that
 * no message waits for the disk. While writing fails the newest rows go on waiting, and readers get them from memory.
 */
export class SqliteAudit implements AuditLog {
  readonly #driver: SqliteDriver;
  readonly #options: SqliteAuditOptions;
  readonly #sql: ReturnType<typeof prepareStatements>;
  readonly #timer: NodeJS.Timeout;
  /** The id of the line from which the log of an open room is shown to its members. */
  readonly #firstIds = new Map<string, number>();
  #queue: Waiting[] = [];
  #nextId: number;
  #failing = false;
  #closed = false;
  #written = 0;
  #dropped = 0;
  #failures = 0;

  /** @param driver a database that `prepareDatabase` has set up */
  constructor(driver: SqliteDriver, options: SqliteAuditOptions) {
    this.#driver = driver;
    this.#options = options;
    this.#sql = prepareStatements(driver);
    this.#nextId = this.#head().id + 1;
    // Nobody is in a room of a relay that starts; rows are left over when the last one was killed.
    this.#put({ statement: this.#sql.clearUsers, values: [] });
    this.#timer = setInterval(() => this.flush(), AUDIT_FLUSH_INTERVAL);
    this.#timer.unref();
  }

  roomOpened(room: string, expected: number): void {
    this.#firstIds.set(room, this.#nextId);
    this.#put({ statement: this.#sql.openRoom, values: [room, this.#timestamp(), expected] });
  }

  roomClosed(room: string): void {
    this.#firstIds.delete(room);
  }

  userJoined(room: string, username: string): void {
    this.#put({ statement: this.#sql.addUser, values: [room, username] });
  }

  userLeft(room: string, username: string): void {
    this.#put({ statement: this.#sql.removeUser, values: [room, username] });
  }

  keyCommitted(room: string, commitment: Uint8Array): void {
    this.#put({ statement: this.#sql.setKey, values: [commitment, room] });
  }

  line(room: string, message: string): void {
    this.#put({ id: this.#nextId++, room, message, created_at: this.#timestamp() });
  }

  after(room: string, since: number, limit: number): readonly RoomLogEntry[] {
    const from = Math.max(since + 1, this.#firstIds.get(room) ?? 0);
    const stored = this.#read(this.#sql.linesFrom, room, from, limit);
    return [...stored, ...this.#waitingLines(room, from)].slice(0, limit);
  }

  latest(room: string, limit: number): readonly RoomLogEntry[] {
    const from = this.#firstIds.get(room) ?? 0;
    const stored = this.#read(this.#sql.lastLines, room, from, limit).toReversed();
    return [...stored, ...this.#waitingLines(room, from)].slice(-limit);
  }

  flush(): void {
    if (this.#closed || this.#queue.length === 0) return;
    try {
      this.#driver.exec("BEGIN IMMEDIATE");
      try {
        this.#writeAll();
        this.#driver.exec("COMMIT");
      } catch (error) {
        this.#rollBack();
        throw error;
      }
      this.#written += this.#queue.length;
      this.#queue = [];
      this.#failing = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  close(): void {
    if (this.#closed) return;
    clearInterval(this.#timer);
    this.flush();
    this.#closed = true;
    this.#driver.close();
  }

  get stats(): AuditStats {
    return {
      written: this.#written,
      waiting: this.#queue.length,
      dropped: this.#dropped,
      failures: this.#failures,
    };
  }

  #put(row: Waiting): void {
    if (this.#closed) return;
    this.#queue.push(row);
    if (this.#queue.length <= (this.#options.queueMax ?? AUDIT_QUEUE_MAX)) return;
    this.#queue.shift(); // a hole in the ids shows it
    this.#dropped++;
  }

  /** The newest row of the file: its id and hash. */
  #head(): { readonly id: number; readonly hash: Uint8Array } {
    const [row] = this.#sql.head.all() as { id: number; hash: Uint8Array }[];
    return row ?? { id: 0, hash: CHAIN_START };
  }

  #writeAll(): void {
    const head = this.#head();
    this.#moveIdsPast(head.id);
    let previous = head.hash;
    for (const row of this.#queue) {
      if ("statement" in row) {
        row.statement.run(...row.values);
      } else {
        const { id, room, message, created_at } = row;
        previous = chainHash(previous, { id, room_id: room, message, created_at });
        this.#sql.addLine.run(id, room, message, created_at, previous);
      }
    }
  }

  /** A second relay on the same file has taken our ids: ours move behind its rows, and the chain goes on. */
  #moveIdsPast(id: number): void {
    const first = this.#queue.find((row) => "id" in row);
    if (!first || first.id > id) return;
    const shift = id + 1 - first.id;
    this.#queue = this.#queue.map((row) => ("id" in row ? { ...row, id: row.id + shift } : row));
    this.#nextId += shift;
  }

  #rollBack(): void {
    try {
      this.#driver.exec("ROLLBACK");
    } catch {
      this.#failures++; // on a full disk SQLite has rolled back by itself; the error that led here is the one to report
    }
  }

  #read(statement: SqliteStatement, room: string, from: number, limit: number): RoomLogEntry[] {
    if (this.#closed) return [];
    try {
      return statement.all(room, from, limit) as RoomLogEntry[];
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  #waitingLines(room: string, from: number): RoomLogEntry[] {
    const lines = this.#queue.filter((row): row is QueuedLine => "id" in row && row.room === room && row.id >= from);
    return lines.map(({ id, message, created_at }) => ({ id, message, created_at }));
  }

  #failed(error: unknown): void {
    this.#failures++;
    if (!this.#failing) this.#options.onFailure(error);
    this.#failing = true;
  }

  #timestamp(): string {
    return (this.#options.now?.() ?? new Date()).toISOString();
  }
}

function prepareStatements(driver: SqliteDriver) {
  return {
    clearUsers: driver.prepare("DELETE FROM room_users"),
    openRoom: driver.prepare(
      "INSERT OR REPLACE INTO rooms (room_id, key, created_at, expected) VALUES (?, NULL, ?, ?)",
    ),
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
