import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { SqliteAudit } from "../audit/sqlite.js";
import type { AuditRow } from "../audit/rows.js";
import { cli, temporaryFolder } from "../testing/cli.js";
import { connect } from "../testing/client.js";
import { openBeside } from "../testing/sqlite.js";

const ms = (second: number): number => Date.UTC(2026, 0, 31, 8, 0, second);
const at = (second: number): string => new Date(ms(second)).toISOString();

const ROWS: readonly AuditRow[] = [
  ["opened", "standup", 2, ms(0)],
  ["line", "standup", "[ROOM_CREATED] room=standup leader=alice expected=2", ms(0)],
  ["joined", "standup", "alice"],
  ["line", "standup", "[USER_JOIN] room=standup user=alice", ms(1)],
  ["line", "other", "[USER_JOIN] room=other user=mallory", ms(2)],
  ["line", "", "[AUDIT_DROPPED] rows=15", ms(3)],
  ["line", "standup", "[USER_LEAVE] room=standup user=alice", ms(4)],
];

/** A folder with a database as a relay would have written it. */
async function written(t: TestContext, change?: string): Promise<string> {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "data"));
  const driver = await openBeside(t, join(folder, "data/qsec2.db"));
  const audit = new SqliteAudit(driver, ms(0));
  for (const row of ROWS) audit.take(row);
  assert.equal(audit.write().error, undefined);
  if (change !== undefined) driver.exec(change);
  return folder;
}

const run = async (t: TestContext, folder: string, ...args: readonly string[]): ReturnType<typeof cli>["ended"] =>
  cli(t, ["logs", ...args], {}, folder).ended;

test("a room's lines come with their time, and with those about the relay itself", async (t) => {
  const { code, out, err } = await run(t, await written(t), "--room", "standup");
  assert.deepEqual([code, err], [0, ""]);
  assert.deepEqual(out.trimEnd().split("\n"), [
    `${at(0)} [ROOM_CREATED] room=standup leader=alice expected=2`,
    `${at(1)} [USER_JOIN] room=standup user=alice`,
    `${at(3)} [AUDIT_DROPPED] rows=15`,
    `${at(4)} [USER_LEAVE] room=standup user=alice`,
  ]);
});

test("without a room all of them come, each with its room; tags and times choose among them", async (t) => {
  const folder = await written(t);
  const { out } = await run(t, folder, "--tag", "user_join,[USER_LEAVE]", "--since", "2026-01-31T08:00:02");
  assert.deepEqual(out.trimEnd().split("\n"), [
    `${at(2)} other [USER_JOIN] room=other user=mallory`,
    `${at(4)} standup [USER_LEAVE] room=standup user=alice`,
  ]);
  const after = await run(t, folder, "--since", "4");
  assert.equal(after.out, `${at(4)} standup [USER_LEAVE] room=standup user=alice\n`);
});

test("with --json each line is an object with its tag and fields", async (t) => {
  const { out } = await run(t, await written(t), "--room", "standup", "--json", "--tag", "USER_JOIN");
  const { hash, ...line } = JSON.parse(out) as Record<string, unknown>;
  assert.match(String(hash), /^[0-9a-f]{64}$/);
  assert.deepEqual(line, {
    ...{ id: 2, room: "standup", at: at(1), tag: "USER_JOIN" },
    ...{ fields: { room: "standup", user: "alice" }, message: "[USER_JOIN] room=standup user=alice" },
  });
});

test("a room without a line is said on standard error and is no failure", async (t) => {
  const { code, out, err } = await run(t, await written(t), "--room", "nowhere", "--tag", "USER_JOIN");
  assert.deepEqual([code, out], [0, ""]);
  assert.equal(err, "qsec2-relay: There is no such line of the room 'nowhere' in data/qsec2.db.\n");
});

test("what somebody has put into the file cannot control the terminal", async (t) => {
  const folder = await written(t, "UPDATE room_logs SET message = char(27) || '[2J' || char(10) || 'x' WHERE id = 2");
  const { out } = await run(t, folder, "--room", "standup", "--since", "1", "--tag", "USER_LEAVE,USER_JOIN");
  assert.doesNotMatch(out, /[^\P{C}\n]/u);
  const all = await run(t, folder, "--room", "standup");
  assert.match(all.out, /\\u\{1b\}\[2J\\u\{a\}x\n/);
});

test("--follow shows what a running relay writes, and Ctrl-C ends it with 0", async (t) => {
  const relay = cli(t, ["--port", "0", "--grace", "0", "--log-level", "silent", "--no-pages"]);
  const alice = await connect(await relay.url(), "alice");
  t.after(() => alice.close());
  const follow = cli(t, ["logs", "--room", "r", "--follow"], {}, relay.folder);
  await alice.join("r");
  await follow.printed(/\[USER_JOIN\] room=r user=alice\n/);
  await alice.ask("leave", {});
  await follow.printed(/\[ROOM_TERMINATED\] room=r\n/);
  follow.child.kill("SIGINT");
  const { code, out, err } = await follow.ended;
  assert.deepEqual([code, err], [0, ""]);
  assert.equal(out.match(/ROOM_CREATED/g)?.length, 1);
  const verified = await cli(t, ["logs", "--verify"], {}, relay.folder).ended;
  assert.match(verified.out, /^The chain holds: 5 rows,/);
});

test("--verify says how many rows follow from each other, and which is the last", async (t) => {
  const folder = await written(t);
  const { code, out } = await run(t, folder, "--verify");
  assert.equal(code, 0);
  const [, hash] = /^The chain holds: 5 rows, none changed, none removed\.\nThe last row is 5:([0-9a-f]{64})\n$/.exec(
    out,
  )!;
  assert.equal((await run(t, folder, "--verify", "--head", `5:${hash}`)).code, 0);
  const other = await run(t, folder, "--verify", "--json", "--head", `5:${"0".repeat(64)}`);
  assert.equal(other.code, 2);
  assert.deepEqual(JSON.parse(other.out), {
    ...{ ok: false, rows: 5, last: { id: 5, hash }, broken_at: null, anchored: false },
  });
});

const TAMPERED: readonly (readonly [what: string, sql: string, brokenAt: number])[] = [
  ["a changed line", "UPDATE room_logs SET message = '[USER_JOIN] room=standup user=bob' WHERE id = 2", 2],
  ["a changed time", `UPDATE room_logs SET created_at = '${at(9)}' WHERE id = 3`, 3],
  ["a removed line", "DELETE FROM room_logs WHERE id = 3", 4],
  ["a removed first line", "DELETE FROM room_logs WHERE id = 1", 2],
  [
    "a line that was put in",
    `INSERT INTO room_logs SELECT 9, room_id, message, created_at, hash FROM room_logs WHERE id = 5`,
    9,
  ],
  ["a line before all others", "INSERT INTO room_logs VALUES (-3, 'r', 'm', 't', x'00')", -3],
  ["a hash that is none", "UPDATE room_logs SET hash = 7 WHERE id = 2", 2],
  ["a line of bytes", "UPDATE room_logs SET message = x'ff00' WHERE id = 2", 2],
];

for (const [what, sql, brokenAt] of TAMPERED) {
  test(`--verify finds ${what} and says where, with exit code 2`, async (t) => {
    const folder = await written(t, sql);
    const { code, out, err } = await run(t, folder, "--verify");
    assert.deepEqual([code, err], [2, ""]);
    assert.match(out, new RegExp(`^The chain is broken (after row \\d+|at the beginning): row ${brokenAt} \\(`));
  });
}

test("--verify with the head noted before finds that the newest lines were cut off", async (t) => {
  const folder = await written(t, "DELETE FROM room_logs WHERE id > 3");
  assert.equal((await run(t, folder, "--verify")).code, 0);
  const { code, out } = await run(t, folder, "--verify", "--head", `5:${"ab".repeat(32)}`);
  assert.equal(code, 2);
  assert.match(out, /row 5 is gone or is another one/);
});

const BAD: readonly (readonly [what: string, args: readonly string[], sentence: RegExp])[] = [
  ["a database that is not there", ["--room", "r", "--db", "none.db"], /^qsec2-relay: There is no database none\.db;/],
  ["a database that is none", ["--room", "r", "--db", "junk.db"], /junk\.db cannot be read: file is not a database\.$/],
  ["a room name that is none", ["--room", "a b"], /A room ID may have the letters/],
  ["a time that is none", ["--since", "yesterday"], /It must be such as 90s/],
  ["a tag that does not exist", ["--tag", "DANCE"], /There is no tag 'DANCE'; there are ROOM_CREATED/],
  ["following a check", ["--verify", "--follow"], /cannot be used with option/],
  ["a head without a check", ["--head", `5:${"ab".repeat(32)}`], /--head needs --verify/],
  ["a head that is none", ["--verify", "--head", "5"], /must be the id and the hash of a row/],
];

for (const [what, args, sentence] of BAD) {
  test(`${what} is one sentence and exit code 1`, async (t) => {
    const { code, out, err } = await run(t, await written(t), ...args);
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err.trim(), sentence);
    assert.equal(err.trim().split("\n").length, 1);
  });
}

test("a reader that goes away early, as head does, is no failure", async (t) => {
  const folder = await written(
    t,
    "INSERT INTO room_logs WITH RECURSIVE n(i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n LIMIT 50000) SELECT i, 'standup', 'x', 't', x'00' FROM n",
  );
  const logs = cli(t, ["logs", "--room", "standup"], {}, folder);
  logs.child.stdout!.once("data", () => logs.child.stdout!.destroy());
  const { code, err } = await logs.ended;
  assert.deepEqual([code, err], [0, ""]);
});
