import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { logRows, openBeside, temporaryFile, unexpected } from "../testing/sqlite.js";
import { verifyChain, type LogRow } from "./chain.js";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";
import { prepareDatabase } from "./sqlite-schema.js";
import { openAudit } from "./open.js";
import { SqliteAudit } from "./sqlite.js";

async function audit(
  t: TestContext,
  file = temporaryFile(t),
  options: { queueMax?: number; onFailure?: (error: unknown) => void } = {},
): Promise<{ log: SqliteAudit; driver: SqliteDriver; file: string }> {
  const driver = await openSqlite(file); // closed by the log
  prepareDatabase(driver);
  const log = new SqliteAudit(driver, { onFailure: unexpected, ...options });
  t.after(() => log.close());
  return { log, driver, file };
}

test("the tables are as documented", async (t) => {
  const { driver } = await audit(t);
  const columns = (table: string): string[] =>
    (driver.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]).map(
      ({ name }) => name,
    );
  assert.deepEqual(columns("rooms"), ["room_id", "key", "created_at", "expected"]);
  assert.deepEqual(columns("room_users"), ["room_id", "username"]);
  assert.deepEqual(columns("room_logs"), ["id", "room_id", "message", "created_at", "hash"]);
});

test("members come and go in room_users, and rooms.key is the commitment or NULL", async (t) => {
  const { log, driver } = await audit(t);
  const key = (): unknown => (driver.prepare("SELECT key FROM rooms").all()[0] as { key: Uint8Array | null }).key;
  log.roomOpened("r", 2);
  log.userJoined("r", "alice");
  log.userJoined("r", "bob");
  log.flush();
  assert.equal(key(), null);
  log.keyCommitted("r", new Uint8Array(32).fill(9));
  log.userLeft("r", "alice");
  log.flush();
  assert.deepEqual(Buffer.from(key() as Uint8Array), Buffer.alloc(32, 9));
  assert.deepEqual(driver.prepare("SELECT room_id, username FROM room_users").all(), [
    { room_id: "r", username: "bob" },
  ]);
  log.roomOpened("r", 3);
  log.flush();
  assert.equal(key(), null, "a new room of the same name has no key yet");
});

test("lines are written on their own after a moment, in one transaction", async (t) => {
  const { log, file } = await audit(t);
  const beside = await openBeside(t, file);
  log.roomOpened("r", 2);
  log.line("r", "one");
  log.line("r", "two");
  assert.equal(logRows(beside).length, 0);
  while (logRows(beside).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(logRows(beside).length, 2);
  assert.equal(log.stats.waiting, 0);
});

test("the chain holds over batches and restarts, and breaks at a row that was changed, removed or put in", async (t) => {
  const file = temporaryFile(t);
  for (const run of [1, 2]) {
    const { log } = await audit(t, file);
    for (let i = 0; i < 3; i++) log.line("r", `run ${run} line ${i}`);
    log.flush();
    log.line("r", `run ${run} last line`);
    log.flush();
  }
  const rows = logRows(await openBeside(t, file));
  assert.equal(rows.length, 8);
  assert.deepEqual(verifyChain(rows), { rows: 8 });
  const changed = (at: number, change: Partial<LogRow>): LogRow[] =>
    rows.map((row, i) => (i === at ? { ...row, ...change } : row));
  assert.equal(verifyChain(changed(4, { message: "harmless" })).brokenAt, rows[4].id);
  assert.equal(verifyChain(changed(4, { room_id: "q" })).brokenAt, rows[4].id);
  assert.equal(verifyChain(changed(4, { created_at: "1970" })).brokenAt, rows[4].id);
  assert.equal(verifyChain(rows.filter((_, i) => i !== 4)).brokenAt, rows[5].id);
  assert.equal(verifyChain([rows[0], ...rows]).brokenAt, rows[0].id);
});

test("while the disk takes nothing, lines wait and are read from memory; it is reported once, and healed by itself", async (t) => {
  const failures: unknown[] = [];
  const { log, driver } = await audit(t, undefined, { onFailure: (error) => failures.push(error) });
  log.roomOpened("r", 2);
  log.flush();
  driver.exec("PRAGMA query_only = ON");
  log.line("r", "one");
  log.flush();
  log.flush();
  assert.equal(failures.length, 1);
  assert.match(String(failures[0]), /readonly/);
  assert.equal(log.stats.failures, 2);
  assert.deepEqual(
    log.after("r", 0, 10).map(({ message }) => message),
    ["one"],
  );
  driver.exec("PRAGMA query_only = OFF");
  log.flush();
  assert.deepEqual(
    logRows(driver).map(({ message }) => message),
    ["one"],
  );
  assert.deepEqual(
    log.after("r", 0, 10).map(({ message }) => message),
    ["one"],
  );
});

test("a full disk is survived like a read-only one", async (t) => {
  const failures: unknown[] = [];
  const { log, driver } = await audit(t, undefined, { onFailure: (error) => failures.push(error) });
  log.flush();
  const [{ page_count: pages }] = driver.prepare("PRAGMA page_count").all() as [{ page_count: number }];
  driver.exec(`PRAGMA max_page_count = ${pages}`);
  for (let i = 0; i < 500; i++) log.line("r", `line ${i} ${"x".repeat(100)}`);
  log.flush();
  assert.match(String(failures[0]), /full/);
  assert.equal(log.stats.waiting, 500);
  driver.exec("PRAGMA max_page_count = 100000");
  log.flush();
  assert.equal(logRows(driver).length, 500);
  assert.deepEqual(verifyChain(logRows(driver)), { rows: 500 });
});

test("what waits is bounded: the oldest rows are given up and counted, and the chain of the rest holds", async (t) => {
  const { log, driver } = await audit(t, undefined, { queueMax: 10 });
  log.flush();
  for (let i = 1; i <= 25; i++) log.line("r", `line ${i}`);
  assert.deepEqual([log.stats.waiting, log.stats.dropped], [10, 15]);
  log.flush();
  const rows = logRows(driver);
  assert.deepEqual([rows[0].message, rows.at(-1)!.message], ["line 16", "line 25"]);
  assert.deepEqual(verifyChain(rows), { rows: 10 });
});

test("two relays that share a file by mistake both write, in one chain", async (t) => {
  const { log: first, file, driver } = await audit(t);
  const { log: second } = await audit(t, file);
  first.line("a", "first 1");
  second.line("b", "second 1");
  first.flush();
  second.flush();
  second.line("b", "second 2");
  first.line("a", "first 2");
  second.flush();
  first.flush();
  const rows = logRows(driver);
  assert.deepEqual(
    rows.map(({ message }) => message),
    ["first 1", "second 1", "second 2", "first 2"],
  );
  assert.deepEqual(verifyChain(rows), { rows: 4 });
});

test("members of rooms that a killed relay left behind are gone when the next one starts", async (t) => {
  const { log, file } = await audit(t);
  log.userJoined("r", "alice");
  log.flush();
  const { log: next, driver } = await audit(t, file);
  next.flush();
  assert.deepEqual(driver.prepare("SELECT * FROM room_users").all(), []);
});

test("a database of a newer relay is refused", async (t) => {
  const { driver, file } = await audit(t);
  driver.exec("PRAGMA user_version = 99");
  await assert.rejects(openAudit(file, unexpected), { code: "bad_option" });
});
