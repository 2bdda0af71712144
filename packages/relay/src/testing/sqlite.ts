import type { TestContext } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditLog, AuditStats } from "../audit/audit-log.js";
import type { LogRow } from "../audit/chain.js";
import { openSqlite, type SqliteDriver } from "../audit/sqlite-driver.js";
import { prepareDatabase } from "../audit/sqlite-schema.js";
import { ThreadedAudit, type AuditReports } from "../audit/threaded.js";

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

/** For what must not fail. */
export function unexpected(error: unknown): never {
  throw error;
}

/** For logs that must not fail. */
export const UNEXPECTED: AuditReports = { onFailure: unexpected };

export interface FailingAudit {
  readonly audit: AuditLog;
  /** What the audit log has reported. */
  readonly failures: readonly Error[];
  /** How often it has said that it is well again. */
  readonly recoveries: readonly AuditStats[];
  /** Makes the database writable. */
  readonly heal: () => void;
}

/** An audit log over a real database that another process, so to say, keeps from being written to. */
export async function lockedAudit(
  test: TestContext,
  options: { readonly queueMax?: number; readonly file?: string } = {},
): Promise<FailingAudit> {
  const [failures, recoveries]: [Error[], AuditStats[]] = [[], []];
  const file = options.file ?? temporaryFile(test);
  const audit = await ThreadedAudit.open(file, {
    onFailure: (error) => failures.push(error),
    onRecovery: (stats) => recoveries.push(stats),
    ...options,
  });
  test.after(() => audit.close());
  await audit.flush();
  const heal = await lock(test, file);
  return { audit, failures, recoveries, heal };
}

/** Keeps everybody else from writing to the file, until it is told to let go or the test ends. */
export async function lock(test: TestContext, file: string): Promise<() => void> {
  const beside = await openSqlite(file);
  test.after(() => beside.close());
  beside.exec("BEGIN IMMEDIATE");
  return () => beside.exec("ROLLBACK");
}
