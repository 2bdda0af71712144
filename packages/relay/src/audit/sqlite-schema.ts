import { DATABASE_BUSY_TIMEOUT, DATABASE_OPEN_TIMEOUT } from "../limits.js";
import { migrate, schemaVersion } from "./migrations.js";
import type { SqliteDriver } from "./sqlite-driver.js";

/**
 * Sets the connection up and makes the tables, or brings them up to date.
 * @param busyTimeout milliseconds that a statement waits for another connection that writes
 * @returns the version that the tables had; 0 when there were none
 * @throws QsecError `bad_option` when a newer relay has written the file; the library's errors otherwise
 */
export function prepareDatabase(driver: SqliteDriver, busyTimeout: number = DATABASE_BUSY_TIMEOUT): number {
  driver.exec(`PRAGMA busy_timeout = ${DATABASE_OPEN_TIMEOUT}`);
  schemaVersion(driver); // before anything is changed in a file that is not for us
  // Files come and go by the megabyte; this has to be said before the first table is made, and costs old files nothing.
  driver.exec("PRAGMA auto_vacuum = INCREMENTAL");
  // WAL: readers such as the `logs` of an operator never hold up the relay. NORMAL: a power cut may cost the last
  // moments of the log, never the file.
  driver.exec("PRAGMA journal_mode = WAL");
  driver.exec("PRAGMA synchronous = NORMAL");
  const version = migrate(driver);
  driver.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
  return version;
}
