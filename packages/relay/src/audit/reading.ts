import { existsSync } from "node:fs";
import { QsecError } from "@qsec2/sdk/wire";
import { DATABASE_OPEN_TIMEOUT } from "../limits.js";
import { schemaVersion } from "./migrations.js";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";

/**
 * A connection that only reads, also while a relay writes.
 * @param needed the version of the tables that the reader knows how to read, or newer
 * @throws QsecError `bad_option` when there is no such file, or it is not a relay's, or its tables are too old or too new
 */
export async function openForReading(file: string, needed: number): Promise<SqliteDriver> {
  if (!existsSync(file)) throw bad(`There is no database ${file}; say with --db where the relay's is.`);
  const driver = await openSqlite(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    driver.exec(`PRAGMA busy_timeout = ${DATABASE_OPEN_TIMEOUT}; PRAGMA query_only = ON`);
    const version = schemaVersion(driver);
    if (version === 0) throw bad(`${file} is not the database of a relay.`);
    if (version >= needed) return driver;
    throw bad(`An older relay has written ${file}; bring its tables up to date with: qsec2-relay init-db --db ${file}`);
  } catch (error) {
    driver.close();
    throw error instanceof QsecError ? error : unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): QsecError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new QsecError("bad_option", `The database ${file} cannot be read: ${reason}.`, { cause });
}

function bad(message: string): QsecError {
  return new QsecError("bad_option", message);
}
