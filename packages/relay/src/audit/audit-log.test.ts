import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { redisPlace } from "../testing/redis.js";
import { temporaryFile, UNEXPECTED } from "../testing/sqlite.js";
import type { AuditLog } from "./audit-log.js";
import { openAudit } from "./open.js";
import { SharedAudit } from "./shared.js";

/** What holds for every audit log. */
const LOGS: readonly (readonly [string, (test: TestContext) => Promise<AuditLog>])[] = [
  ["in memory", () => openAudit(false, UNEXPECTED)],
  ["in SQLite", (test) => openAudit(temporaryFile(test), UNEXPECTED)],
  ["in Redis", async (test) => new SharedAudit(await openAudit(false, UNEXPECTED), await redisPlace(test))],
];

async function opened(t: TestContext, open: (test: TestContext) => Promise<AuditLog>): Promise<AuditLog> {
  const audit = await open(t);
  t.after(() => audit.close());
  return audit;
}

const messages = (entries: readonly { readonly message: string }[]): string[] => entries.map(({ message }) => message);

for (const [where, open] of LOGS) {
  test(`${where}: a line can be read at once, also before it is written`, async (t) => {
    const audit = await opened(t, open);
    audit.roomOpened("r", 2);
    audit.line("r", "one");
    await audit.flush();
    audit.line("r", "two");
    const entries = await audit.after("r", 0, 10);
    assert.deepEqual(messages(entries), ["one", "two"]);
    assert.ok(entries[0].id < entries[1].id);
    assert.match(entries[0].created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(Object.keys(entries[0]), ["id", "message", "created_at"]);
  });

  test(`${where}: pages follow each other by id, and the latest entries come oldest first`, async (t) => {
    const audit = await opened(t, open);
    audit.roomOpened("r", 2);
    for (let i = 1; i <= 5; i++) {
      audit.line("r", `line ${i}`);
      if (i === 3) await audit.flush();
    }
    const page = await audit.after("r", 0, 2);
    assert.deepEqual(messages(page), ["line 1", "line 2"]);
    assert.deepEqual(messages(await audit.after("r", page[1].id, 2)), ["line 3", "line 4"]);
    assert.deepEqual(messages(await audit.latest("r", 3)), ["line 3", "line 4", "line 5"]);
    assert.deepEqual(await audit.after("r", (await audit.latest("r", 1))[0].id, 2), []);
  });

  test(`${where}: a room shows its own lines only, and none of an earlier room of its name`, async (t) => {
    const audit = await opened(t, open);
    audit.roomOpened("r", 2);
    audit.roomOpened("other", 2);
    audit.line("r", "of an earlier room");
    audit.line("other", "of another room");
    audit.roomClosed("r");
    await audit.flush();
    audit.roomOpened("r", 2);
    audit.line("r", "mine");
    assert.deepEqual(messages(await audit.after("r", 0, 10)), ["mine"]);
    assert.deepEqual(messages(await audit.latest("r", 10)), ["mine"]);
  });

  test(`${where}: closing twice is closing once, and a closed log takes nothing`, async (t) => {
    const audit = await opened(t, open);
    audit.roomOpened("r", 2);
    await audit.close();
    await audit.close();
    audit.line("r", "late");
    assert.deepEqual(await audit.after("r", 0, 10), []);
  });
}

test("in Redis: members see the lines of all relays, each relay's own log has its own", async (t) => {
  const place = await redisPlace(t);
  const [own, others] = [await openAudit(false, UNEXPECTED), await openAudit(false, UNEXPECTED)];
  const [here, there] = [new SharedAudit(own, place), new SharedAudit(others, place)];
  here.roomOpened("r", 2);
  here.line("r", "one");
  await here.flush();
  there.line("r", "two");
  assert.deepEqual(messages(await there.after("r", 0, 10)), ["one", "two"]);
  assert.deepEqual(await here.latest("r", 10), await there.latest("r", 10));
  assert.deepEqual(messages(await own.after("r", 0, 10)), ["one"]);
  there.roomClosed("r");
  await there.flush();
  assert.deepEqual(await here.after("r", 0, 10), []);
  await Promise.all([here, there].map(async (log) => log.close()));
});
