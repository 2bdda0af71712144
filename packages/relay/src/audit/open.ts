import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { QsecError } from "@qsec2/sdk/wire";
import type { AuditLog } from "./audit-log.js";
import { MemoryAudit } from "./memory.js";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";
import { prepareDatabase } from "./sqlite-schema.js";
import { SqliteAudit } from "./sqlite.js";

/**
 * @param file the SQLite file, made with its folder when it is not there; false for a log in memory
 * @param onFailure told when the disk begins to fail
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openAudit(file: string | false, onFailure: (error: unknown) => void): Promise<AuditLog> {
  if (file === false) return new MemoryAudit();
  return openDatabase(file, (driver) => new SqliteAudit(driver, { onFailure }));
}

/**
 * A connection of its own to the relay's SQLite file, for one user of it.
 * @throws QsecError `bad_option` when the file cannot be used
 */
export async function openDatabase<T>(file: string, use: (driver: SqliteDriver) => T): Promise<T> {
  let driver: SqliteDriver | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    driver = await openSqlite(file);
    prepareDatabase(driver);
    return use(driver);
  } catch (error) {
    driver?.close();
    if (error instanceof QsecError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new QsecError("bad_option", `The database ${file} cannot be opened: ${reason}.`, { cause: error });
  }
}
