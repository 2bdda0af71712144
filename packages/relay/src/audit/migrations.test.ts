import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { openBlobs } from "../blobs/open.js";
import { openHistory } from "../history/open.js";
import { logRows, openBeside, temporaryFile } from "../testing/sqlite.js";
import { verifyChain } from "./chain.js";
import { SCHEMA_VERSION } from "./migrations.js";
import { openSqlite, type SqliteDriver } from "./sqlite-driver.js";
import { prepareDatabase } from "./sqlite-schema.js";

/** A copy of a file that a relay with the first tables has written: three rooms, two of one name, a file, a message. */
function versionOne(t: TestContext): string {
  const file = temporaryFile(t);
  copyFileSync(fileURLToPath(new URL("../testing/databases/version-1.db", import.meta.url)), file);
  return file;
}

async function opened(t: TestContext, file: string): Promise<SqliteDriver> {
  const driver = await openSqlite(file);
  t.after(() => driver.close());
  return driver;
}

const version = (driver: SqliteDriver): unknown =>
  (driver.prepare("PRAGMA user_version").all() as { user_version: number }[])[0].user_version;
const tables = (driver: SqliteDriver): unknown =>
  driver.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all();

test("a file of version 1 is brought up to date with all that it holds, and knows then when its rooms have ended", async (t) => {
  const file = versionOne(t);
  const driver = await opened(t, file);
  const before = logRows(driver);
  assert.equal(before.length, 6);
  assert.equal(prepareDatabase(driver), 1);
  assert.equal(version(driver), SCHEMA_VERSION);
  assert.deepEqual(logRows(driver), before);
  assert.equal(verifyChain(logRows(driver)).brokenAt, undefined);
  assert.deepEqual(driver.prepare("SELECT room_id, expected, closed_at FROM rooms ORDER BY room_id").all(), [
    { room_id: "again", expected: 3, closed_at: null }, // what has ended is an earlier room of this name
    { room_id: "ended", expected: 2, closed_at: "2026-01-02T03:04:04.000Z" },
  ]);
  assert.deepEqual(driver.prepare("SELECT * FROM room_users").all(), [{ room_id: "again", username: "bob" }]);
  const history = await openHistory(file, { history: 60, historyQuota: 64, historyTotal: 64 });
  const blobs = await openBlobs(file, { maxFile: 50, fileQuota: 50, fileTotal: 50, fileTtl: 60 });
  t.after(() => (history.close(), blobs.close()));
  assert.deepEqual(history.stats, { messages: 1, bytes: 100 });
  assert.deepEqual(blobs.stats, { blobs: 1, bytes: 50 });
});

test("a file that was brought up to date has the tables of one that was made new", async (t) => {
  const columns = (driver: SqliteDriver): unknown =>
    driver
      .prepare("SELECT t.name AS t, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c ORDER BY 1, c.cid")
      .all();
  const [old, fresh] = [await opened(t, versionOne(t)), await openBeside(t, temporaryFile(t))];
  prepareDatabase(old);
  assert.deepEqual(columns(old), columns(fresh));
  assert.equal(prepareDatabase(old), SCHEMA_VERSION);
});

test("a file of version 1 from before there were kept messages gets their table", async (t) => {
  const driver = await opened(t, versionOne(t));
  driver.exec("DROP TABLE room_messages");
  prepareDatabase(driver);
  assert.deepEqual(driver.prepare("SELECT * FROM room_messages").all(), []);
});

test("a migration that fails half-way leaves the file as it was", async (t) => {
  const driver = await opened(t, versionOne(t));
  driver.exec("DROP TABLE room_messages; ALTER TABLE rooms ADD COLUMN closed_at TEXT");
  const before = tables(driver);
  assert.throws(() => prepareDatabase(driver), /duplicate column/);
  assert.deepEqual(tables(driver), before);
  assert.equal(version(driver), 1);
});

test("a file of a newer relay is refused with a sentence, and nothing in it is changed", async (t) => {
  const driver = await opened(t, versionOne(t));
  driver.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  const before = tables(driver);
  assert.throws(() => prepareDatabase(driver), { code: "bad_option", message: /^A newer relay .*[^\n]\.$/ });
  assert.deepEqual(tables(driver), before);
  assert.deepEqual(driver.prepare("PRAGMA journal_mode").all(), [{ journal_mode: "delete" }]);
});

test("two that open one old file at the same time both find it up to date", async (t) => {
  const file = versionOne(t);
  const [first, second] = [await opened(t, file), await opened(t, file)];
  assert.deepEqual([prepareDatabase(first), prepareDatabase(second)], [1, SCHEMA_VERSION]);
});
