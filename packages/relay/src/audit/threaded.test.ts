import assert from "node:assert/strict";
import { test } from "node:test";
import { openHistory } from "../history/open.js";
import { fakeId } from "../testing/frames.js";
import { lockedAudit, logRows, openBeside, temporaryFile, UNEXPECTED } from "../testing/sqlite.js";
import { verifyChain } from "./chain.js";
import { openAudit } from "./open.js";
import { ThreadedAudit } from "./threaded.js";

const soon = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 10));
const messages = (rows: readonly { readonly message: string }[]): string[] => rows.map(({ message }) => message);

test("lines are written on their own after a moment", async (t) => {
  const file = temporaryFile(t);
  const audit = await openAudit(file, UNEXPECTED);
  t.after(() => audit.close());
  const beside = await openBeside(t, file);
  audit.roomOpened("r", 2);
  audit.line("r", "one");
  audit.line("r", "two");
  assert.equal(audit.stats.waiting, 3);
  while (audit.stats.waiting > 0) await soon();
  assert.deepEqual(messages(logRows(beside)), ["one", "two"]);
  assert.equal(audit.stats.written, 3);
});

test("closing writes what waits, ends the rooms, and says nothing of it when all went well", async (t) => {
  const file = temporaryFile(t);
  const audit = await openAudit(file, UNEXPECTED);
  audit.roomOpened("r", 2);
  audit.userJoined("r", "alice");
  for (let i = 0; i < 2_000; i++) audit.line("r", `line ${i}`);
  await audit.close();
  assert.deepEqual(audit.stats, { written: 2_002, waiting: 0, dropped: 0, failures: 0 });
  const beside = await openBeside(t, file);
  assert.equal(logRows(beside).length, 2_000);
  assert.equal(verifyChain(logRows(beside)).brokenAt, undefined);
  assert.deepEqual(beside.prepare("SELECT * FROM room_users").all(), []);
  assert.deepEqual(beside.prepare("SELECT 1 FROM rooms WHERE closed_at IS NULL").all(), []);
});

test("a locked database is reported once, read past, counted, and written when the lock goes", async (t) => {
  const file = temporaryFile(t);
  const { audit, failures, recoveries, heal } = await lockedAudit(t, { file });
  audit.roomOpened("r", 2);
  audit.line("r", "one");
  while (audit.stats.failures < 2) await soon();
  assert.deepEqual([failures.length, recoveries.length], [1, 0]);
  assert.match(failures[0].message, /locked/);
  assert.deepEqual(messages(await audit.after("r", 0, 10)), ["one"]);
  heal();
  while (audit.stats.waiting > 0) await soon();
  assert.deepEqual([failures.length, recoveries.length], [1, 1]);
  assert.deepEqual(messages(logRows(await openBeside(t, file))), ["one"]);
});

test("what waits is bounded over both threads; what comes on top is dropped, and one line says how much", async (t) => {
  const file = temporaryFile(t);
  const { audit, heal } = await lockedAudit(t, { file, queueMax: 10 });
  for (let i = 1; i <= 6; i++) audit.line("r", `line ${i}`);
  await audit.latest("r", 1); // they are with the thread now
  for (let i = 7; i <= 25; i++) audit.line("r", `line ${i}`);
  assert.deepEqual([audit.stats.waiting, audit.stats.dropped], [10, 15]);
  heal();
  while (audit.stats.waiting > 0) await soon();
  audit.line("r", "afterwards");
  await audit.flush();
  const rows = logRows(await openBeside(t, file));
  assert.deepEqual(messages(rows), [
    ...Array.from({ length: 10 }, (_, i) => `line ${i + 1}`),
    "[AUDIT_DROPPED] rows=15",
    "afterwards",
  ]);
  assert.equal(rows[10].room_id, "", "the line belongs to no room");
  assert.equal(verifyChain(rows).brokenAt, undefined);
});

test("closing while the disk takes nothing says how many rows are lost, and does not wait for ever", async (t) => {
  const { audit, failures } = await lockedAudit(t);
  audit.line("r", "one");
  audit.line("r", "two");
  await audit.close();
  assert.deepEqual([audit.stats.waiting, audit.stats.dropped], [0, 2]);
  assert.match(failures.at(-1)!.message, /its last 2 rows are lost/);
});

test("more readers than may wait are refused, and those who may are answered", async (t) => {
  const audit = await openAudit(temporaryFile(t), UNEXPECTED);
  t.after(() => audit.close());
  audit.line("r", "one");
  const answers = await Promise.allSettled(Array.from({ length: 1_500 }, () => audit.latest("r", 1)));
  const refused = answers.filter((answer) => answer.status === "rejected");
  assert.equal(refused.length, 500);
  assert.ok(refused.every(({ reason }) => (reason as { code: string }).code === "rate_limited"));
  const given = answers.filter((answer) => answer.status === "fulfilled");
  assert.ok(given.every(({ value }) => value[0].message === "one"));
});

test("messages are kept on the relay's own thread while the log writes to the same file", async (t) => {
  const file = temporaryFile(t);
  const audit = await openAudit(file, UNEXPECTED);
  t.after(() => audit.close());
  const history = await openHistory(file, { history: 60, historyQuota: 64, historyTotal: 64 });
  t.after(() => history.close());
  let seq = 0;
  const numbers = { lastSequence: () => seq, nextSequence: () => ++seq };
  for (let turn = 0; turn < 40; turn++) {
    for (let i = 0; i < 1_000; i++) audit.line("r", `line ${i} of turn ${turn}`);
    const flushed = audit.flush();
    for (let i = 0; i < 20; i++) {
      await history.add("r", { from: fakeId(1), sealed: new Uint8Array(1_000).fill(7) }, numbers);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await flushed;
  }
  assert.equal(history.stats.messages, 800);
  assert.equal(audit.stats.written, 40_000);
  assert.equal(audit.stats.failures, 0);
  assert.equal(verifyChain(logRows(await openBeside(t, file))).rows, 40_000);
});

test("a relay does not start on a file that it cannot use, and says why in a sentence", async (t) => {
  const file = temporaryFile(t);
  const beside = await openBeside(t, file);
  beside.exec("PRAGMA user_version = 99");
  await assert.rejects(ThreadedAudit.open(file, UNEXPECTED), {
    code: "bad_option",
    message: /^A newer relay has written this database .*99/,
  });
});
