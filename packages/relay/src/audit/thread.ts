import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { AUDIT_BUSY_TIMEOUT, AUDIT_FLUSH_INTERVAL, AUDIT_RETRY_INTERVAL, AUDIT_ROWS_TOLD } from "../limits.js";
import { Bell } from "./bell.js";
import { openDatabase } from "./open-database.js";
import type { RoomLogEntry } from "@qsec2/sdk/wire";
import type { AuditRow } from "./rows.js";
import { SqliteAudit, type Written } from "./sqlite.js";
import type { FromThread, Question, ThreadData, ToThread } from "./thread-messages.js";

/** The thread that writes the audit log: it may wait for the disk, the relay may not. */

/** Between two transactions of one batch, so that others can write to the file. */
const BREATH = 1;

const port = parentPort!;
const { file, bell: buffer } = workerData as ThreadData;
const bell = new Bell(buffer);
const tell = (message: FromThread): void => port.postMessage(message);
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const audit = await openDatabase(file, (driver) => new SqliteAudit(driver, Date.now()), AUDIT_BUSY_TIMEOUT).catch(
  (error: unknown) => tell({ event: "refused", message: reason(error) }),
);
/** Of the rows that wait, those that the thread has put there itself. */
let ownRows = audit?.waiting ?? 0;
/** Rows that were written and not reported yet. */
let untold = 0;
let failing = false;
let closed = !audit;
/** On the clock of `performance.now()`: when something last came, and until when no attempt to write is made. */
let [heardAt, retryAt] = [0, 0];

if (audit) {
  tell({ event: "open" });
  while (!closed) turn(audit);
}

/** What has come, then a piece of what waits, then a rest. */
function turn(audit: SqliteAudit): void {
  receive(audit);
  if (closed) return;
  if (audit.waiting > 0 && performance.now() >= retryAt) report(audit, audit.write());
  const now = performance.now();
  if (audit.waiting > 0) bell.sleep(failing ? Math.max(BREATH, retryAt - now) : BREATH);
  // While the relay is busy its rows are fetched in this rhythm; only one that was quiet has to wake this thread.
  else if (now - heardAt < 2 * AUDIT_FLUSH_INTERVAL) bell.sleep(AUDIT_FLUSH_INTERVAL);
  else bell.idle(() => !receive(audit));
}

/** @returns whether there was anything */
function receive(audit: SqliteAudit): boolean {
  let heard = false;
  while (!closed) {
    const got = receiveMessageOnPort(port);
    if (!got) break;
    heard = true;
    handle(audit, got.message as ToThread);
  }
  if (heard) heardAt = performance.now();
  return heard;
}

function handle(audit: SqliteAudit, message: ToThread): void {
  if ("rows" in message) {
    for (const row of JSON.parse(message.rows) as AuditRow[]) audit.take(row);
    return;
  }
  const { ask } = message;
  if (message.what === "flush" || message.what === "close") writeAll(audit);
  if (message.what === "close") {
    audit.close(Date.now());
    closed = true;
  }
  tell({ event: "answer", ask, entries: read(audit, message) });
}

function read(audit: SqliteAudit, message: Question): readonly RoomLogEntry[] {
  try {
    if (message.what === "after") return audit.after(message.room, message.since, message.limit);
    if (message.what === "latest") return audit.latest(message.room, message.limit);
  } catch (error) {
    tell({ event: "failed", message: reason(error) });
  }
  return [];
}

function writeAll(audit: SqliteAudit): void {
  while (report(audit, audit.write()) > 0);
}

/** Tells of a batch as a whole: the relay is busy. @returns how many rows were written */
function report(audit: SqliteAudit, { rows, error }: Written): number {
  failing = error !== undefined;
  if (failing) retryAt = performance.now() + AUDIT_RETRY_INTERVAL;
  const own = Math.min(rows, ownRows);
  ownRows -= own;
  untold += rows - own;
  if (untold > 0 && (failing || audit.waiting === 0 || untold >= AUDIT_ROWS_TOLD)) {
    tell({ event: "written", rows: untold });
    untold = 0;
  }
  if (failing) tell({ event: "failed", message: reason(error) });
  return rows;
}
