import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { QsecError } from "@qsec2/sdk/wire";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";
import { prepareDatabase } from "./sqlite-schema.js";

/**
 * A connection of its own to the relay's SQLite file, for one user of it; the tables are made or brought up to date.
 * @param busyTimeout milliseconds that a statement waits for another connection that writes
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openDatabase<T>(
  file: string,
  use: (driver: SqliteDriver) => T,
  busyTimeout?: number,
): Promise<T> {
  let driver: SqliteDriver | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    driver = await openSqlite(file);
    prepareDatabase(driver, busyTimeout);
    return use(driver);
  } catch (error) {
    driver?.close();
    if (error instanceof QsecError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new QsecError("bad_option", `The database ${file} cannot be opened: ${reason}.`, { cause: error });
  }
}
