import { parentPort, workerData } from "node:worker_threads";
import { AUDIT_BUSY_TIMEOUT, AUDIT_RETRY_INTERVAL } from "../limits.js";
import { openDatabase } from "./open-database.js";
import type { AuditRow } from "./rows.js";
import { SqliteAudit, type Written } from "./sqlite.js";
import type { FromThread, ThreadData, ToThread } from "./thread-messages.js";

/** The thread that writes the audit log: it may wait for the disk, the relay may not. */

const port = parentPort!;
const tell = (message: FromThread): void => port.postMessage(message);
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const now = (): string => new Date().toISOString();

/** Of the rows in the queue, those that the thread has put there itself. */
let ownRows = 0;
let failing = false;
/** The next attempt: soon while it works, after a while when it has failed. */
let next: NodeJS.Timeout | undefined;

try {
  const { file } = workerData as ThreadData;
  const audit = await openDatabase(file, (driver) => new SqliteAudit(driver, now()), AUDIT_BUSY_TIMEOUT);
  ownRows = audit.waiting;
  port.on("message", (message: ToThread) => handle(audit, message));
  tell({ event: "open" });
  write(audit);
} catch (error) {
  tell({ event: "refused", message: reason(error) });
}

function handle(audit: SqliteAudit, message: ToThread): void {
  if ("rows" in message) {
    for (const row of JSON.parse(message.rows) as AuditRow[]) audit.take(row);
    next ??= setTimeout(write, 0, audit);
    return;
  }
  const { ask } = message;
  if (message.what === "flush") writeAll(audit);
  if (message.what === "close") return close(audit, ask);
  tell({ event: "answer", ask, entries: read(audit, message) });
}

function read(audit: SqliteAudit, message: Exclude<ToThread, { rows: string }>) {
  try {
    if (message.what === "after") return audit.after(message.room, message.since, message.limit);
    if (message.what === "latest") return audit.latest(message.room, message.limit);
  } catch (error) {
    tell({ event: "failed", message: reason(error) });
  }
  return [];
}

/** Piece by piece, so that others can write to the file, and be answered here, in between. */
function write(audit: SqliteAudit): void {
  report(audit.write());
  scheduleWrite(audit);
}

function writeAll(audit: SqliteAudit): void {
  while (report(audit.write()).rows > 0);
  scheduleWrite(audit);
}

function scheduleWrite(audit: SqliteAudit): void {
  clearTimeout(next);
  next = audit.waiting > 0 ? setTimeout(write, failing ? AUDIT_RETRY_INTERVAL : 1, audit) : undefined;
}

function close(audit: SqliteAudit, ask: number): void {
  clearTimeout(next);
  while (report(audit.write()).rows > 0);
  audit.close(now());
  tell({ event: "answer", ask, entries: [] });
  port.close();
}

function report(written: Written): Written {
  failing = written.error !== undefined;
  const own = Math.min(written.rows, ownRows);
  ownRows -= own;
  if (written.rows > own) tell({ event: "written", rows: written.rows - own });
  if (failing) tell({ event: "failed", message: reason(written.error) });
  return written;
}
