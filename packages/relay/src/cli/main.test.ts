import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { connect } from "../testing/client.js";
import { logRows, openBeside } from "../testing/sqlite.js";

const NODE = [
  "--conditions=qsec2:source",
  "--import",
  import.meta.resolve("tsx"),
  fileURLToPath(new URL("main.ts", import.meta.url)),
];

interface Cli {
  readonly child: ChildProcess;
  readonly folder: string;
  /** The address that it prints. */
  readonly url: () => Promise<string>;
  /** How it ended, and all it has written. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** The real command in a process of its own, in a folder of its own. */
function cli(t: TestContext, args: readonly string[], env: Readonly<Record<string, string>> = {}): Cli {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-cli-"));
  writeFileSync(join(folder, "junk.db"), "this is a text, not a database");
  const child = spawn(process.execPath, [...NODE, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...env } });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Awaited<Cli["ended"]>>((resolve) =>
    child.once("close", (code) => resolve({ code, out, err })),
  );
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  });
  const url = async (): Promise<string> => {
    for (;;) {
      const printed = /https?:\/\/\S+/.exec(out);
      if (printed) return printed[0];
      if (child.exitCode !== null) throw new Error(`it ended without an address: ${err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, folder, url, ended };
}

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
    `qsec2-relay: Port ${port} on 127.0.0.1 is in use; stop what listens there, or choose another port.\n`,
  );
});

const BAD: readonly (readonly [what: string, args: readonly string[], sentence: RegExp])[] = [
  ["a port that is none", ["--port", "99999"], /must be a whole number from 0 to 65535\./],
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
  for (const name of [
    "port",
    "host",
    "db",
    "cors",
    "max-rooms",
    "max-members",
    "grace",
    "ring",
    "ring-size",
    "log-level",
    "allow-plaintext",
    "trust-proxy",
    "no-pages",
  ]) {
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
