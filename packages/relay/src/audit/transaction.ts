import type { SqliteDriver } from "./sqlite-driver.js";

/** All of the work is in the file when this returns, or none of it when this throws. @throws what the work throws */
export function inTransaction<T>(driver: SqliteDriver, work: () => T): T {
  driver.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    driver.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      driver.exec("ROLLBACK");
    } catch {
      // On a full disk SQLite has rolled back by itself; the error that led here is the one to report.
    }
    throw error;
  }
}
