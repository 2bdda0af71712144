import { QsecError } from "@qsec2/sdk/wire";
import type { SqliteDriver } from "./sqlite-driver.js";

const SCHEMA_VERSION = 1;

/**
 * `rooms.key` never holds a key: it is the public one-way commitment to the room's current key, or NULL, so that the
 * trail can tell which key sealed which message. `room_logs.hash`: see `chain.ts`. `blob_parts.sealed`: a part of a file
 * as it came; the columns before it can be read without it. `room_messages.sealed`: a frame as it came.
 */
const TABLES = `
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

/**
 * Sets the connection up and makes the tables where they are missing.
 * @throws QsecError `bad_option` when a newer relay has written the file; the library's errors otherwise
 */
export function prepareDatabase(driver: SqliteDriver): void {
  // A lock of another process makes the write fail and be tried again later; waiting here would stop the relay.
  driver.exec("PRAGMA busy_timeout = 50");
  const [row] = driver.prepare("PRAGMA user_version").all() as { user_version: number }[];
  const version = row?.user_version ?? 0;
  if (version > SCHEMA_VERSION) {
    throw new QsecError("bad_option", "A newer relay has written this database; update this one, or use another file.");
  }
  // Files come and go by the megabyte; this has to be said before the first table is made, and costs old files nothing.
  driver.exec("PRAGMA auto_vacuum = INCREMENTAL");
  // WAL: readers such as the `logs` of an operator never hold up the relay. NORMAL: a power cut may cost the last
  // moments of the log, never the file.
  driver.exec("PRAGMA journal_mode = WAL");
  driver.exec("PRAGMA synchronous = NORMAL");
  driver.exec(TABLES);
  if (version < SCHEMA_VERSION) driver.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}
