import { QsecError } from "@qsec2/sdk/wire";
import type { SqliteDriver } from "./sqlite-driver.js";
import { inTransaction } from "./transaction.js";

/**
 * `rooms.key` never holds a key: it is the public one-way commitment to the room's current key, or NULL, so that the
 * trail can tell which key sealed which message. `room_logs.hash`: see `chain.ts`. `blob_parts.sealed`: a part of a file
 * as it came; the columns before it can be read without it. `room_messages.sealed`: a frame as it came.
 */
const FIRST_TABLES = `
  CREATE TABLE IF NOT EXISTS rooms (
    room_id TEXT PRIMARY KEY,
    key BLOB,
    created_at TEXT NOT NULL,
    expected INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS room_users (
    room_id TEXT NOT NULL,
    username TEXT NOT NULL,
    UNIQUE (room_id, username)
  );
  CREATE TABLE IF NOT EXISTS room_logs (
    id INTEGER PRIMARY KEY,
    room_id TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at TEXT NOT NULL,
    hash BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS blob_parts (
    room_id TEXT NOT NULL,
    blob_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (room_id, blob_id, part)
  );
  CREATE TABLE IF NOT EXISTS room_messages (
    room_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    sender TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (room_id, seq)
  );
  CREATE INDEX IF NOT EXISTS room_messages_by_expiry ON room_messages (expires_at);
  CREATE INDEX IF NOT EXISTS room_logs_by_room ON room_logs (room_id, id);
`;

/** NULL while the room is open. Of rooms that have ended before there was this column, their log knows when. */
const ROOMS_CLOSED_AT = `
  ALTER TABLE rooms ADD COLUMN closed_at TEXT;
  UPDATE rooms SET closed_at = (
    SELECT MAX(created_at) FROM room_logs
    WHERE room_logs.room_id = rooms.room_id
      AND room_logs.message LIKE '[ROOM!_TERMINATED] %' ESCAPE '!'
      AND room_logs.created_at >= rooms.created_at
  );
`;

/** The script at index n leads from version n to version n + 1. A script that was once released never changes. */
const MIGRATIONS: readonly string[] = [
  FIRST_TABLES,
  // Files of version 1 lack those of the first tables that came later.
  FIRST_TABLES + ROOMS_CLOSED_AT,
];

/** What this relay reads and writes; kept in SQLite's `user_version`. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * The version of the tables in a file; 0 when there are none.
 * @throws QsecError `bad_option` when a newer relay has written the file
 */
export function schemaVersion(driver: SqliteDriver): number {
  const [row] = driver.prepare("PRAGMA user_version").all() as { user_version: number }[];
  const version = row?.user_version ?? 0;
  if (version <= SCHEMA_VERSION) return version;
  throw new QsecError(
    "bad_option",
    `A newer relay has written this database (its tables have version ${version}, this relay knows them up to ` +
      `${SCHEMA_VERSION}); update this relay, or use another file.`,
  );
}

/**
 * Brings the tables to this relay's version in one transaction: after an error, or a power cut, they are as before.
 * @returns the version that they had
 * @throws QsecError `bad_option` when a newer relay has written the file; the library's errors otherwise
 */
export function migrate(driver: SqliteDriver): number {
  if (schemaVersion(driver) === SCHEMA_VERSION) return SCHEMA_VERSION;
  return inTransaction(driver, () => {
    const version = schemaVersion(driver); // again: another process may have been faster
    for (const script of MIGRATIONS.slice(version)) driver.exec(script);
    driver.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    return version;
  });
}
