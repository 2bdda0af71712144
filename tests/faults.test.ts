import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { verifyChain } from "../packages/relay/src/audit/chain.js";
import { openSqlite } from "../packages/relay/src/audit/sqlite-driver.js";
import { logRows } from "../packages/relay/src/testing/sqlite.js";
import { Conversation } from "./support/conversation.js";
import { inState } from "./support/members.js";
import { runProgram } from "./support/program.js";
import { relayProgram, startTroubledRelay, type CrashingRelay } from "./support/relay-process.js";

const PATIENT = { timeout: 120_000 };

interface Scene {
  readonly database: string;
  readonly relay: CrashingRelay;
  readonly conversation: Conversation;
  /** Starts a relay on the port and the database of the one that is gone. */
  readonly again: () => Promise<CrashingRelay>;
}

async function scene(t: TestContext): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-faults-"));
  t.after(() => rm(folder, { recursive: true }));
  const database = join(folder, "qsec2.db");
  const start = async (port: number): Promise<CrashingRelay> => {
    const relay = await startTroubledRelay(port, database);
    t.after(() => relay.kill());
    return relay;
  };
  const relay = await start(0);
  const conversation = await Conversation.between(t, relay.url, relay.url);
  await conversation.goesOn();
  return { database, relay, conversation, again: () => start(Number(new URL(relay.url).port)) };
}

/** How many lines with this tag the log has. Its chain holds. */
async function logged(database: string, tag: string): Promise<number> {
  const driver = await openSqlite(database);
  try {
    const rows = logRows(driver);
    assert.equal(verifyChain(rows).brokenAt, undefined);
    return rows.filter(({ message }) => message.startsWith(`[${tag}] `)).length;
  } finally {
    driver.close();
  }
}

/** What a relay has complained of, in its own words. */
function sentences({ complaints }: CrashingRelay): readonly unknown[] {
  return complaints.map((line) => (JSON.parse(line) as { msg: unknown }).msg);
}

const FAILED = "the audit log cannot be written or read";
const HEALED = "the audit log is written again";

async function linksLost({ sessions }: Conversation): Promise<void> {
  await Promise.all(sessions.map(async (session) => inState(session, "reconnecting")));
}

test("a relay that is killed and started again costs nothing that was said, and its log holds", PATIENT, async (t) => {
  const { database, relay, conversation, again } = await scene(t);
  const down = linksLost(conversation);
  await relay.kill();
  await down;
  const second = await again();
  await conversation.goesOn();
  await conversation.finished();
  assert.equal(await second.stop(), 0);
  assert.deepEqual([...sentences(relay), ...sentences(second)], []);
  assert.ok((await logged(database, "MSG_RELAYED")) > 0);
});

test(
  "a disk that takes nothing more costs the chat nothing, is complained of once, and the log is made up for",
  PATIENT,
  (t) =>
    withoutLog(t, ({ relay }) => {
      // No file of the relay's may be written behind its first byte.
      limitFiles(relay, "1");
      return () => limitFiles(relay, "unlimited");
    }),
);

test(
  "a database that another process locks costs the chat nothing, is complained of once, and the log is made up for",
  PATIENT,
  (t) =>
    withoutLog(t, async ({ database }) => {
      const holder = runProgram("tests/support/hold-database.mjs", [database]);
      t.after(() => holder.kill());
      await holder.says(/held/);
      return () => holder.kill();
    }),
);

test(
  "a relay does not start on a database that it may not write, and says so; what was said waits for one that does",
  PATIENT,
  async (t) => {
    const { database, relay, conversation, again } = await scene(t);
    const down = linksLost(conversation);
    await relay.kill();
    await down;
    for (const end of ["", "-wal", "-shm"]) await chmod(database + end, 0o444);
    const refused = relayProgram(Number(new URL(relay.url).port), database, [], { quiet: true, under: powerless() });
    assert.equal(await refused.ends(), 1);
    assert.match(refused.complaints.join("\n"), /^qsec2-relay: The database \S+ cannot be opened: .*readonly.*\.$/);
    for (const end of ["", "-wal", "-shm"]) await chmod(database + end, 0o644);
    await again();
    await conversation.goesOn();
    await conversation.finished();
  },
);

/** @param breaks makes the log impossible, and returns what makes it possible again */
async function withoutLog(
  t: TestContext,
  breaks: (scene: Scene) => (() => unknown) | Promise<() => unknown>,
): Promise<void> {
  const begun = await scene(t);
  const { database, relay, conversation } = begun;
  const mend = await breaks(begun);
  await relay.complains(new RegExp(FAILED));
  await conversation.goesOn(20);
  await mend();
  await relay.complains(new RegExp(HEALED));
  await conversation.goesOn();
  await conversation.finished();
  assert.equal(await relay.stop(), 0);
  assert.deepEqual(sentences(relay), [FAILED, HEALED]);
  assert.ok((await logged(database, "MSG_RELAYED")) >= conversation.acknowledged);
}

function limitFiles({ pid }: CrashingRelay, bytes: string): void {
  const { status, stderr } = spawnSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

/** Root may write what nobody may; not without its capabilities. */
function powerless(): readonly string[] {
  return process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [];
}
