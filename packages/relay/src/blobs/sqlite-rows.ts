import type { BlobId } from "@qsec2/sdk/wire";
import type { SqliteDriver } from "../audit/sqlite-driver.js";
import type { PartRow, PartRows } from "./part-rows.js";

/** How many pages of 4 KiB are given back at a time: a file of 50 MiB is four times that. */
const PAGES_AT_ONCE = 4_096;

/**
 * To write the pages of the journal into the file, and wait for the disk, is what the audit log's thread does whenever it
 * writes. Here it is done, on the relay's own thread, only where that has not come to it for 64 MiB.
 */
const PAGES_UNTIL_CHECKPOINT = 16_384;

/** Parts in the relay's SQLite file: an answered part survives the end of the process, however sudden. */
export class SqliteRows implements PartRows {
  readonly #driver: SqliteDriver;
  readonly #sql: ReturnType<typeof prepareStatements>;

  /** @param driver a database that `prepareDatabase` has set up; a connection of its own */
  constructor(driver: SqliteDriver) {
    this.#driver = driver;
    driver.exec(`PRAGMA wal_autocheckpoint = ${PAGES_UNTIL_CHECKPOINT}`);
    this.#sql = prepareStatements(driver);
  }

  load(): readonly PartRow[] {
    return this.#sql.all.all() as PartRow[];
  }

  add({ room, blob, part, parts, expiresAt }: PartRow, sealed: Uint8Array): void {
    this.#sql.add.run(room, blob, part, parts, sealed, expiresAt);
  }

  read(room: string, blob: BlobId, part: number): Uint8Array | undefined {
    const [row] = this.#sql.read.all(room, blob, part) as { sealed: Uint8Array }[];
    return row?.sealed;
  }

  remove(room: string, blob: BlobId): void {
    this.#sql.remove.run(room, blob);
  }

  compact(): void {
    this.#driver.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`);
  }

  close(): void {
    this.#driver.close();
  }
}

function prepareStatements(driver: SqliteDriver) {
  return {
    all: driver.prepare(
      "SELECT room_id AS room, blob_id AS blob, part, parts, LENGTH(sealed) AS bytes, expires_at AS expiresAt FROM blob_parts",
    ),
    add: driver.prepare(
      "INSERT INTO blob_parts (room_id, blob_id, part, parts, sealed, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    read: driver.prepare("SELECT sealed FROM blob_parts WHERE room_id = ? AND blob_id = ? AND part = ?"),
    remove: driver.prepare("DELETE FROM blob_parts WHERE room_id = ? AND blob_id = ?"),
  };
}
