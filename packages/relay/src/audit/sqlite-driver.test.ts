import assert from "node:assert/strict";
import { isBuiltin } from "node:module";
import { test } from "node:test";
import { temporaryFile } from "../testing/sqlite.js";
import { openBetterSqlite, openNodeSqlite, openSqlite, type OpenSqlite } from "./sqlite-driver.js";

const NODE_HAS_SQLITE = isBuiltin("node:sqlite");

const DRIVERS: readonly (readonly [string, OpenSqlite])[] = [
  ["better-sqlite3", openBetterSqlite],
  ...(NODE_HAS_SQLITE ? ([["node:sqlite", openNodeSqlite]] as const) : []),
];

for (const [name, open] of DRIVERS) {
  test(`${name}: rows come back as they were bound, blobs as bytes`, async (t) => {
    const driver = (await open(temporaryFile(t)))!;
    t.after(() => driver.close());
    assert.equal(driver.name, name);
    driver.exec("CREATE TABLE t (a INTEGER, b TEXT, c BLOB, d TEXT)");
    driver.prepare("INSERT INTO t VALUES (?, ?, ?, ?)").run(7, "sieben", Uint8Array.of(1, 2, 255), null);
    const [row] = driver.prepare("SELECT * FROM t WHERE a = ?").all(7) as Record<string, unknown>[];
    assert.deepEqual([row.a, row.b, row.d], [7, "sieben", null]);
    assert.ok(row.c instanceof Uint8Array);
    assert.deepEqual([...row.c], [1, 2, 255]);
  });

  test(`${name}: what was rolled back is not there, what was committed is there for the next one to open the file`, async (t) => {
    const file = temporaryFile(t);
    const first = (await open(file))!;
    first.exec("CREATE TABLE t (a INTEGER)");
    const insert = first.prepare("INSERT INTO t VALUES (?)");
    first.exec("BEGIN IMMEDIATE");
    insert.run(1);
    first.exec("ROLLBACK");
    first.exec("BEGIN IMMEDIATE");
    insert.run(2);
    first.exec("COMMIT");
    first.close();
    const second = (await open(file))!;
    t.after(() => second.close());
    assert.deepEqual(
      second
        .prepare("SELECT a FROM t")
        .all()
        .map((row) => (row as { a: number }).a),
      [2],
    );
  });

  test(`${name}: a broken rule and a file that cannot be opened are errors, not a missing library`, async (t) => {
    const file = temporaryFile(t);
    const driver = (await open(file))!;
    t.after(() => driver.close());
    driver.exec("CREATE TABLE t (a INTEGER PRIMARY KEY)");
    driver.prepare("INSERT INTO t VALUES (?)").run(1);
    assert.throws(() => driver.prepare("INSERT INTO t VALUES (?)").run(1), /UNIQUE/);
    await assert.rejects(async () => open(`${file}/below/a/file`));
  });
}

test("a Node without SQLite says so by having no driver", async (t) => {
  const driver = await openNodeSqlite(temporaryFile(t));
  t.after(() => driver?.close());
  assert.equal(driver?.name, NODE_HAS_SQLITE ? "node:sqlite" : undefined);
});

test("the first library that is there is used", async (t) => {
  const driver = await openSqlite(temporaryFile(t), [async () => undefined, openBetterSqlite]);
  t.after(() => driver.close());
  assert.equal(driver.name, "better-sqlite3");
});

test("where there is no SQLite at all, one sentence says what to do", async () => {
  const missing = NODE_HAS_SQLITE ? [async () => undefined] : [openNodeSqlite];
  await assert.rejects(openSqlite("unused.db", missing), {
    code: "bad_option",
    message:
      "There is no SQLite for the audit log: use Node 22.13 or newer, or let npm build the package better-sqlite3 " +
      "(npm rebuild better-sqlite3), or keep the log in memory with --db none (option db: false).",
  });
});
