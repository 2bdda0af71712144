import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { cli } from "../testing/cli.js";
import { connect } from "../testing/client.js";
import { fakeFrame } from "../testing/frames.js";
import { lock, logRows, openBeside } from "../testing/sqlite.js";
import { KIND } from "@qsec2/sdk/wire";
import { serveCommand } from "./serve.js";

test("without a command it serves; SIGTERM tells the members, writes what waits to the log and ends with 0", async (t) => {
  const relay = cli(t, ["--port", "0", "--grace", "0"]);
  const alice = await connect(await relay.url(), "alice");
  t.after(() => alice.close());
  await alice.join("testroom");
  const last = await alice.ask("msg_decrypted", { iv: 12 });
  relay.child.kill("SIGTERM");
  assert.deepEqual(last, { ok: true });
  assert.equal((await alice.next("relay_error")).code, "draining");
  const { code, out, err } = await relay.ended;
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^The QSEC2 relay is ready\. Open http:\/\/127\.0\.0\.1:\d+\n$/);
  const rows = logRows(await openBeside(t, join(relay.folder, "data/qsec2.db")));
  assert.deepEqual(
    rows.map(({ message }) => message),
    [
      "[ROOM_CREATED] room=testroom leader=alice expected=2",
      "[USER_JOIN] room=testroom user=alice",
      "[MSG_DECRYPTED] user=alice",
    ],
  );
});

test("a locked database costs one line of the relay's log, never the chat, and SIGTERM says what it could not write", async (t) => {
  const relay = cli(t, ["--port", "0", "--log-level", "warn"]);
  const url = await relay.url();
  const db = join(relay.folder, "data/qsec2.db");
  const unlock = await lock(t, db);
  const [alice, bob] = [await connect(url, "alice"), await connect(url, "bob")];
  t.after(() => (alice.close(), bob.close()));
  await alice.join("r");
  await bob.join("r");
  await relay.printed(/cannot be written/, "err");
  assert.deepEqual(await alice.ask("group_message", {}, fakeFrame(KIND.GROUP, 288)), { ok: true, seq: 1 });
  await bob.next("group_message");
  unlock();
  await relay.printed(/is written again/, "err");
  await lock(t, db);
  await alice.ask("msg_decrypted", { iv: 12 });
  relay.child.kill("SIGTERM");
  const { code, err } = await relay.ended;
  assert.equal(code, 0);
  const lines = err
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
  const failed = "the audit log cannot be written or read";
  assert.deepEqual(lines.slice(0, 2), [failed, "the audit log is written again"]);
  assert.match(err, /its last 1 rows are lost/);
});

test("options come from the environment too, and SIGINT stops it like SIGTERM", async (t) => {
  const env = {
    QSEC2_PORT: "0",
    QSEC2_DB: "none",
    QSEC2_NO_PAGES: "1",
    QSEC2_MAX_MEMBERS: "4",
    QSEC2_CORS: "https://a.example",
  };
  const relay = cli(t, ["serve"], env);
  const url = await relay.url();
  assert.equal((await fetch(url)).status, 404);
  assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { ok: true });
  const alice = await connect(url, "alice");
  t.after(() => alice.close());
  await assert.rejects(alice.join("r", { expected: 5 }), /bad_expected/);
  relay.child.kill("SIGINT");
  assert.equal((await relay.ended).code, 0);
});

test("a variable that says no switches nothing on, one that says neither yes nor no is told, and the command line counts", async (t) => {
  const off = { QSEC2_NO_PAGES: "false", QSEC2_ALLOW_PLAINTEXT: "0", QSEC2_MAX_MEMBERS: "2" };
  const relay = cli(t, ["--port", "0", "--db", "none", "--max-members", "4"], off);
  const url = await relay.url();
  assert.notEqual((await fetch(url)).status, 404, "there are pages");
  const [alice, bob] = [await connect(url, "alice"), await connect(url, "bob")];
  t.after(() => (alice.close(), bob.close()));
  await alice.join("r", { expected: 4, plaintext: true });
  await bob.join("r", { plaintext: true });
  assert.equal((await alice.ask("plain_message", {}, "readable")).code, "plaintext_disabled");
  const { code, err } = await cli(t, ["serve"], { QSEC2_TRUST_PROXY: "maybe" }).ended;
  assert.deepEqual(
    [code, err.trim()],
    [1, "qsec2-relay: QSEC2_TRUST_PROXY is 1 (or true, yes, on) or 0 (or false, no, off)."],
  );
});

test("with pages the address that is printed answers with one", async (t) => {
  const relay = cli(t, ["serve", "--port", "0", "--db", "none", "--log-level", "silent"]);
  const answer = await fetch(await relay.url());
  assert.match(answer.headers.get("content-type")!, /^text\/html/);
  assert.match(answer.headers.get("content-security-policy")!, /default-src 'none'/);
});

test("a port that is in use is one sentence and not a success", async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const { code, out, err } = await cli(t, ["serve", "--port", String(port), "--db", "none"]).ended;
  assert.deepEqual([code, out], [1, ""]);
  assert.equal(
    err,
    `qsec2-relay: Port ${port} on 127.0.0.1 is in use; stop what listens there, or choose another port (option --port).\n`,
  );
});

const BAD: readonly (readonly [what: string, args: readonly string[], sentence: RegExp])[] = [
  ["a port that is none", ["--port", "99999"], /must be a whole number from 0 to 65535\./],
  ["a packet too small for the protocol", ["--max-payload", "100"], /must be a whole number from 384 to 16384\./],
  ["a heartbeat too fast for anybody", ["--heartbeat", "0"], /must be a number of seconds from 0\.05 to 25\./],
  ["a host that is an address of a page", ["--hosts", "https://a.example"], /'https:\/\/a\.example' is not the name/],
  ["an unknown option", ["--plaintext"], /unknown option '--plaintext'/],
  ["an unknown command", ["dance"], /too many arguments/],
  ["an origin that is none", ["--cors", "chat.example"], /'chat\.example' is not an origin/],
  ["a negative grace time", ["--grace=-1"], /number of seconds from 0 to 3600\./],
  ["a log level that does not exist", ["--log-level", "loud"], /Allowed choices are silent/],
  [
    "a database that is none",
    ["--port", "0", "--db", "junk.db"],
    /junk\.db cannot be opened: file is not a database\.$/,
  ],
];

for (const [what, args, sentence] of BAD) {
  test(`${what} is one sentence and not a success`, async (t) => {
    const { code, out, err } = await cli(t, ["serve", ...args]).ended;
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err.trim(), sentence);
    assert.equal(err.trim().split("\n").length, 1);
  });
}

test("the help explains every option with its default and its environment variable, and the version is the package's", async (t) => {
  const { code, out } = await cli(t, ["--help"]).ended;
  assert.equal(code, 0);
  const options = serveCommand().options.map(({ long }) => long!.slice(2));
  assert.ok(options.length > 30);
  for (const name of options) {
    assert.match(out, new RegExp(`--${name}\\b`));
    assert.match(out.replaceAll(/\s+/g, " "), new RegExp(`env: QSEC2_${name.toUpperCase().replaceAll("-", "_")}\\b`));
  }
  assert.match(out, /\bbench\b/);
  assert.match(out, /Examples:/);
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  assert.equal((await cli(t, ["--version"]).ended).out.trim(), version);
});
