import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { QsecError } from "@qsec2/sdk/wire";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";
import { prepareDatabase } from "./sqlite-schema.js";

/**
 * A connection of its own to the relay's SQLite file, for one user of it; the tables are made or brought up to date.
 * @param use gets the connection and the version that the tables had before, 0 when there were none
 * @param busyTimeout milliseconds that a statement waits for another connection that writes
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openDatabase<T>(
  file: string,
  use: (driver: SqliteDriver, version: number) => T,
  busyTimeout?: number,
): Promise<T> {
  let driver: SqliteDriver | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    driver = await openSqlite(file);
    return use(driver, prepareDatabase(driver, busyTimeout));
  } catch (error) {
    driver?.close();
    if (error instanceof QsecError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new QsecError("bad_option", `The database ${file} cannot be opened: ${reason}.`, { cause: error });
  }
}
