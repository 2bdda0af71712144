import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { logRows, openBeside, temporaryFile } from "../testing/sqlite.js";
import { verifyChain, type LogRow } from "./chain.js";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";
import { prepareDatabase } from "./sqlite-schema.js";
import { SqliteAudit } from "./sqlite.js";

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const AT_ISO = "2026-01-02T03:04:05.678Z";

interface Opened {
  readonly log: SqliteAudit;
  readonly driver: SqliteDriver;
  readonly file: string;
  readonly line: (room: string, message: string) => void;
  /** Writes until nothing waits, or it fails. */
  readonly writeAll: () => unknown;
}

async function opened(t: TestContext, file = temporaryFile(t)): Promise<Opened> {
  const driver = await openSqlite(file);
  prepareDatabase(driver);
  const log = new SqliteAudit(driver, AT);
  t.after(() => driver.close());
  const writeAll = (): unknown => {
    let last = log.write();
    while (last.rows > 0) last = log.write();
    return last.error;
  };
  return { log, driver, file, writeAll, line: (room, message) => log.take(["line", room, message, AT]) };
}

const messages = (entries: readonly { readonly message: string }[]): string[] => entries.map(({ message }) => message);

test("the tables are as documented", async (t) => {
  const { driver } = await opened(t);
  const columns = (table: string): string[] =>
    (driver.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]).map(
      ({ name }) => name,
    );
  assert.deepEqual(columns("rooms"), ["room_id", "key", "created_at", "expected", "closed_at"]);
  assert.deepEqual(columns("room_users"), ["room_id", "username"]);
  assert.deepEqual(columns("room_logs"), ["id", "room_id", "message", "created_at", "hash"]);
});

test("members come and go in room_users, rooms.key is the commitment or NULL, and rooms know when they have ended", async (t) => {
  const { log, driver, writeAll } = await opened(t);
  const room = (): Record<string, unknown> =>
    driver.prepare("SELECT key, created_at, expected, closed_at FROM rooms").all()[0] as Record<string, unknown>;
  log.take(["opened", "r", 2, AT]);
  log.take(["joined", "r", "alice"]);
  log.take(["joined", "r", "bob"]);
  writeAll();
  assert.deepEqual(room(), { key: null, created_at: AT_ISO, expected: 2, closed_at: null });
  log.take(["key", "r", "09".repeat(32)]);
  log.take(["left", "r", "alice"]);
  writeAll();
  assert.deepEqual(Buffer.from(room().key as Uint8Array), Buffer.alloc(32, 9));
  assert.deepEqual(driver.prepare("SELECT room_id, username FROM room_users").all(), [
    { room_id: "r", username: "bob" },
  ]);
  log.take(["closed", "r", Date.UTC(2026, 0, 2, 4)]);
  writeAll();
  assert.equal(room().closed_at, "2026-01-02T04:00:00.000Z");
  log.take(["opened", "r", 3, AT]);
  writeAll();
  assert.deepEqual(
    room(),
    { key: null, created_at: AT_ISO, expected: 3, closed_at: null },
    "a new room of the same name",
  );
});

test("the chain holds over batches and restarts, and breaks at a row that was changed, removed or put in", async (t) => {
  const file = temporaryFile(t);
  for (const run of [1, 2]) {
    const { line, writeAll } = await opened(t, file);
    for (let i = 0; i < 3; i++) line("r", `run ${run} line ${i}`);
    writeAll();
    line("r", `run ${run} last line`);
    writeAll();
  }
  const rows = logRows(await openBeside(t, file));
  assert.equal(rows.length, 8);
  assert.equal(verifyChain(rows).brokenAt, undefined);
  assert.equal(verifyChain(rows).rows, 8);
  const changed = (at: number, change: Partial<LogRow>): LogRow[] =>
    rows.map((row, i) => (i === at ? { ...row, ...change } : row));
  assert.equal(verifyChain(changed(4, { message: "harmless" })).brokenAt, rows[4].id);
  assert.equal(verifyChain(changed(4, { room_id: "q" })).brokenAt, rows[4].id);
  assert.equal(verifyChain(changed(4, { created_at: "1970" })).brokenAt, rows[4].id);
  assert.equal(verifyChain(rows.filter((_, i) => i !== 4)).brokenAt, rows[5].id);
  assert.equal(verifyChain([rows[0], ...rows]).brokenAt, rows[0].id);
});

test("while the disk takes nothing, lines wait and are read from memory, and are written when it takes them again", async (t) => {
  const { log, driver, line, writeAll } = await opened(t);
  log.take(["opened", "r", 2, AT]);
  writeAll();
  driver.exec("PRAGMA query_only = ON");
  line("r", "one");
  assert.match(String(writeAll()), /readonly/);
  assert.deepEqual(messages(log.after("r", 0, 10)), ["one"]);
  driver.exec("PRAGMA query_only = OFF");
  assert.equal(writeAll(), undefined);
  assert.deepEqual(messages(logRows(driver)), ["one"]);
  assert.deepEqual(messages(log.after("r", 0, 10)), ["one"]);
});

test("a full disk is survived like a read-only one, and leaves no half of a batch", async (t) => {
  const { log, driver, line, writeAll } = await opened(t);
  writeAll();
  const [{ page_count: pages }] = driver.prepare("PRAGMA page_count").all() as [{ page_count: number }];
  driver.exec(`PRAGMA max_page_count = ${pages}`);
  for (let i = 0; i < 500; i++) line("r", `line ${i} ${"x".repeat(100)}`);
  assert.match(String(writeAll()), /full/);
  assert.equal(log.waiting, 500);
  assert.equal(logRows(driver).length, 0);
  driver.exec("PRAGMA max_page_count = 100000");
  assert.equal(writeAll(), undefined);
  assert.equal(logRows(driver).length, 500);
  assert.equal(verifyChain(logRows(driver)).brokenAt, undefined);
});

test("two relays that share a file by mistake both write, in one chain", async (t) => {
  const first = await opened(t);
  const second = await opened(t, first.file);
  first.line("a", "first 1");
  second.line("b", "second 1");
  first.writeAll();
  second.writeAll();
  second.line("b", "second 2");
  first.line("a", "first 2");
  second.writeAll();
  first.writeAll();
  const rows = logRows(first.driver);
  assert.deepEqual(messages(rows), ["first 1", "second 1", "second 2", "first 2"]);
  assert.deepEqual(verifyChain(rows).brokenAt, undefined);
});

test("rooms that a killed relay left behind have ended, and their members are gone, when the next one starts", async (t) => {
  const { log, file, writeAll } = await opened(t);
  log.take(["opened", "r", 2, AT]);
  log.take(["joined", "r", "alice"]);
  writeAll();
  const next = await opened(t, file);
  next.writeAll();
  assert.deepEqual(next.driver.prepare("SELECT * FROM room_users").all(), []);
  assert.deepEqual(next.driver.prepare("SELECT room_id FROM rooms WHERE closed_at IS NULL").all(), []);
});
