import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { SCHEMA_VERSION } from "../audit/migrations.js";
import { cli, temporaryFolder } from "../testing/cli.js";
import { connect } from "../testing/client.js";
import { lock, openBeside } from "../testing/sqlite.js";

const OLD = fileURLToPath(new URL("../testing/databases/version-1.db", import.meta.url));

test("init-db makes the tables, and finds them ready the next time", async (t) => {
  const made = await cli(t, ["init-db", "--db", "some/where/relay.db"]).ended;
  assert.deepEqual([made.code, made.err], [0, ""]);
  assert.equal(made.out, `some/where/relay.db: the tables were made (version ${SCHEMA_VERSION})\n`);
  const folder = temporaryFolder(t);
  await cli(t, ["init-db"], { QSEC2_DB: "mine.db" }, folder).ended;
  const again = await cli(t, ["init-db"], { QSEC2_DB: "mine.db" }, folder).ended;
  assert.equal(again.out, `mine.db: the tables are up to date (version ${SCHEMA_VERSION})\n`);
});

test("init-db brings the file of an older relay up to date; before that its rooms cannot be shown, but its log can", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, "data"));
  copyFileSync(OLD, join(folder, "data/qsec2.db"));
  const logs = await cli(t, ["logs", "--room", "ended", "--tag", "ROOM_TERMINATED"], {}, folder).ended;
  assert.match(logs.out, /ROOM_TERMINATED/);
  const early = await cli(t, ["rooms"], {}, folder).ended;
  assert.deepEqual([early.code, early.out], [1, ""]);
  assert.match(early.err, /bring its tables up to date with: qsec2-relay init-db --db data\/qsec2\.db\n$/);
  const { code, out } = await cli(t, ["init-db"], {}, folder).ended;
  assert.equal(code, 0);
  assert.equal(out, `data/qsec2.db: the tables were brought from version 1 to ${SCHEMA_VERSION}\n`);
  const { out: rooms } = await cli(t, ["rooms", "--all", "--json"], {}, folder).ended;
  assert.deepEqual(
    rooms
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { room: string; closed_at: string | null }).closed_at),
    ["2026-01-02T03:04:04.000Z", null],
  );
});

test("init-db refuses the file of a newer relay, one that is no database and one that somebody keeps locked", async (t) => {
  const folder = temporaryFolder(t);
  const driver = await openBeside(t, join(folder, "newer.db"));
  driver.exec("PRAGMA user_version = 99");
  copyFileSync(OLD, join(folder, "old.db"));
  await lock(t, join(folder, "old.db"));
  const cases = [
    ["newer.db", /^qsec2-relay: A newer relay has written this database/],
    ["junk.db", /^qsec2-relay: The database junk\.db cannot be opened: file is not a database\.$/],
    ["old.db", /^qsec2-relay: The database old\.db cannot be opened: database is locked\.$/],
    ["none", /It must be the path of a file/],
  ] as const;
  for (const [db, sentence] of cases) {
    const { code, out, err } = await cli(t, ["init-db", "--db", db], {}, folder).ended;
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err.trim(), sentence);
    assert.equal(err.trim().split("\n").length, 1);
  }
  assert.equal(existsSync(join(folder, "none")), false);
});

test("rooms shows who is where and since when while the relay runs, and what has ended when it is asked", async (t) => {
  const relay = cli(t, ["--port", "0", "--grace", "0", "--log-level", "silent", "--no-pages"]);
  const url = await relay.url();
  const [alice, bob] = [await connect(url, "alice"), await connect(url, "bob")];
  t.after(() => (alice.close(), bob.close()));
  await alice.join("standup", { expected: 4 });
  await bob.join("standup");
  const rooms = async (...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await cli(t, ["rooms", ...args], {}, relay.folder).ended;
    assert.equal(code, 0);
    return out + err;
  };
  let shown = await rooms();
  while (!shown.includes("bob")) shown = await rooms();
  const [head, line, ...more] = shown.trimEnd().split("\n");
  assert.match(head, /^ROOM +MEMBERS +OPENED +LAST LINE +STATE +WHO$/);
  assert.match(line, /^standup +2 of 4 +\d+ (s|min) ago +\d+ (s|min) ago +open +alice, bob$/);
  assert.deepEqual(more, []);
  const { created_at, last_line_at, age_seconds, ...room } = JSON.parse(await rooms("--json")) as Record<
    string,
    unknown
  >;
  assert.deepEqual(room, { room: "standup", members: ["alice", "bob"], expected: 4, closed_at: null });
  assert.ok(String(created_at) <= String(last_line_at) && Number.isInteger(age_seconds));
  relay.child.kill("SIGTERM");
  await relay.ended;
  assert.match(await rooms(), /No room is open in data\/qsec2\.db; --all shows/);
  assert.match(await rooms("--all"), /standup +0 of 4 .* ended \d+ (s|min) ago/);
});

test("qber takes bit strings, positions or a JSON file, and prints mismatches and percent", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(
    join(folder, "exchange.json"),
    JSON.stringify({ alice: "0110", bob: [0, 1, 0, 0], sifted: [0, 1, 2, 3], limit: 3 }),
  );
  writeFileSync(join(folder, "list.json"), "[]");
  const cases = [
    [["01101001", "01001001", "10111011"], "6 of 6 sifted bits compared, 1 mismatch (at 2)\nQBER 16.67 %\n"],
    [
      ["01101001", "01001000", "0,2,7", "--limit", "2"],
      "2 of 3 sifted bits compared, 1 mismatch (at 2)\nQBER 50.00 %\n",
    ],
    [["0110", "0110", "3,"], "1 of 1 sifted bits compared, 0 mismatches\nQBER 0.00 %\n"],
    [["exchange.json"], "3 of 4 sifted bits compared, 1 mismatch (at 2)\nQBER 33.33 %\n"],
  ] as const;
  for (const [args, expected] of cases) {
    const { code, out, err } = await cli(t, ["qber", ...args], {}, folder).ended;
    assert.deepEqual([code, out, err], [0, expected, ""]);
  }
  const json = await cli(t, ["qber", "exchange.json", "--json", "--limit", "4"], {}, folder).ended;
  assert.deepEqual(JSON.parse(json.out), {
    ...{ sifted: 4, compared: 4, mismatches: 1 },
    ...{ positions: [2], qber: 0.25, percent: 25 },
  });
  const bad = [
    [["0110", "011", "1111"], /Alice has 4 bits and Bob has 3/],
    [["0110", "0110"], /SIFTED is missing/],
    [["0110", "0110", "0,x"], /'x' is no position/],
    [["nowhere.json"], /there is none that can be read at 'nowhere\.json'/],
    [["junk.db"], /junk\.db is not JSON/],
    [["list.json"], /^qsec2-relay: Alice's bits are text/],
    [["0110", "0110", "1111", "--limit", "0"], /must be a whole number from 1/],
  ] as const;
  for (const [args, sentence] of bad) {
    const { code, out, err } = await cli(t, ["qber", ...args], {}, folder).ended;
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err.trim(), sentence);
    assert.equal(err.trim().split("\n").length, 1);
  }
});

test("the help of each command has its options, its exit codes and examples, and the first help names them all", async (t) => {
  const { out: all } = await cli(t, ["--help"]).ended;
  for (const [command, ...options] of [
    ["logs", "room", "follow", "since", "tag", "json", "verify", "head", "db"],
    ["rooms", "all", "json", "db"],
    ["init-db", "db"],
    ["qber", "limit", "json"],
  ]) {
    assert.match(all, new RegExp(`^  ${command} `, "m"));
    const { code, out } = await cli(t, [command, "--help"]).ended;
    assert.equal(code, 0);
    for (const option of options) assert.match(out, new RegExp(`--${option}\\b`));
    if (options.includes("db")) assert.match(out.replaceAll(/\s+/g, " "), /default: "data\/qsec2\.db", env: QSEC2_DB/);
    assert.match(out, /Exit code: 0/);
    assert.match(out, new RegExp(`Examples:\n  qsec2-relay ${command}`));
  }
});
