import type { TestContext } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogRow } from "../audit/chain.js";
import { openSqlite, type SqliteDriver } from "../audit/sqlite-driver.js";
import { prepareDatabase } from "../audit/sqlite-schema.js";
import { SqliteAudit } from "../audit/sqlite.js";

/** The path of a database that is not there yet, in a folder that goes with the test. */
export function temporaryFile(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-audit-"));
  test.after(() => rmSync(folder, { recursive: true }));
  return join(folder, "qsec2.db");
}

/** A second connection to the file, as an operator's tool has one; closed with the test. */
export async function openBeside(test: TestContext, file: string): Promise<SqliteDriver> {
  const driver = await openSqlite(file);
  prepareDatabase(driver);
  test.after(() => driver.close());
  return driver;
}

/** All rows of the log, oldest first. */
export function logRows(driver: SqliteDriver): readonly LogRow[] {
  return driver.prepare("SELECT id, room_id, message, created_at, hash FROM room_logs ORDER BY id").all() as LogRow[];
}

/** For logs that must not fail. */
export function unexpected(error: unknown): never {
  throw error;
}

export interface FailingAudit {
  readonly audit: SqliteAudit;
  /** What the audit log has reported. */
  readonly failures: readonly unknown[];
  /** Makes the database writable. */
  readonly heal: () => void;
}

/** An audit log over a real database that SQLite lets nobody write to, as on a read-only disk. */
export async function readOnlyAudit(test: TestContext): Promise<FailingAudit> {
  const failures: unknown[] = [];
  const driver = await openSqlite(temporaryFile(test));
  prepareDatabase(driver);
  driver.exec("PRAGMA query_only = ON");
  const audit = new SqliteAudit(driver, { onFailure: (error) => failures.push(error) });
  test.after(() => audit.close());
  return { audit, failures, heal: () => driver.exec("PRAGMA query_only = OFF") };
}
