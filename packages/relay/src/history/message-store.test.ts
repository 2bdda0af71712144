import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import fc from "fast-check";
import { HISTORY_PAGE_BYTES, HISTORY_PAGE_MAX } from "@qsec2/sdk/wire";
import { fakeId } from "../testing/frames.js";
import type { RedisPlace } from "../redis/place.js";
import { redisPlace } from "../testing/redis.js";
import { openBeside, temporaryFile } from "../testing/sqlite.js";
import type { KeptMessage, MessageStore } from "./message-store.js";
import type { HistoryLimits } from "./messages.js";
import { openHistory } from "./open.js";
import { RedisMessages } from "./redis.js";

const KIB = 1024;
const LIMITS: HistoryLimits = { history: 100, historyQuota: 1, historyTotal: 2 };
const ALICE = fakeId(1);
const BOB = fakeId(2);

const bytes = (fill: number, length = 300): Uint8Array => new Uint8Array(length).fill(fill);
const numbers = async (store: MessageStore, room: string, since = 0): Promise<number[]> =>
  (await store.page(room, since)).messages.map(({ seq }) => seq);

interface Opened {
  readonly store: MessageStore;
  /** Seconds go by. */
  readonly wait: (seconds: number) => void;
}

/** Adds a message to a room that has come to this number. */
async function add(store: MessageStore, room: string, { seq, from, sealed }: KeptMessage): Promise<void> {
  await comeTo.get(store)?.(room, seq - 1);
  const numbered = await store.add(room, { from, sealed }, { lastSequence: () => seq - 1, nextSequence: () => seq });
  assert.equal(numbered, seq);
}

/** Sets the number of a room where the store has it itself. */
const comeTo = new WeakMap<MessageStore, (room: string, seq: number) => Promise<unknown>>();

type OpenStore = (t: TestContext, limits: HistoryLimits, now: () => number) => Promise<MessageStore>;

function inRedis(place: RedisPlace, limits: HistoryLimits): MessageStore {
  const store = new RedisMessages(place, limits);
  comeTo.set(store, async (room, seq) => place.link.run((client) => client.hset(`q:room:${room}`, "seq", seq)));
  return store;
}

/** What holds for every message store. */
const STORES: readonly (readonly [where: string, open: OpenStore])[] = [
  ["in memory", async (_, limits, now) => openHistory(false, limits, now)],
  ["in SQLite", async (t, limits, now) => openHistory(temporaryFile(t), limits, now)],
  ["in Redis", async (t, limits, now) => inRedis(await redisPlace(t, now), limits)],
];

for (const [where, open] of STORES) {
  const opened = async (t: TestContext, limits: Partial<HistoryLimits> = {}): Promise<Opened> => {
    let now = 1_000_000;
    const store = await open(t, { ...LIMITS, ...limits }, () => now);
    t.after(() => store.close());
    return { store, wait: (seconds) => void (now += seconds * 1000) };
  };
  const refuses = async (code: string, call: () => unknown): Promise<void> =>
    // `async`, so that what is thrown at once and what is rejected later look alike.
    assert.rejects(async () => call(), { name: "QsecError", code });

  test(`${where}: messages come back as they were sent, in the order of their numbers, after the one that is named`, async (t) => {
    const { store } = await opened(t);
    const buffer = Buffer.alloc(300, 1);
    await add(store, "r", { seq: 3, from: ALICE, sealed: buffer });
    buffer.fill(9);
    await add(store, "r", { seq: 5, from: BOB, sealed: bytes(2, 70) });
    await add(store, "other", { seq: 1, from: BOB, sealed: bytes(3) });
    const { messages, more } = await store.page("r", 0);
    assert.deepEqual(
      messages.map(({ seq, from, frame }) => ({ seq, from, frame: new Uint8Array(frame) })),
      [
        { seq: 3, from: ALICE, frame: bytes(1) },
        { seq: 5, from: BOB, frame: bytes(2, 70) },
      ],
    );
    assert.equal(more, false);
    assert.deepEqual(await numbers(store, "r", 3), [5]);
    assert.deepEqual(await numbers(store, "r", 5), []);
    assert.deepEqual(await numbers(store, "third"), []);
    assert.deepEqual([await store.last("r"), await store.last("other"), await store.last("third")], [5, 1, 0]);
    assert.deepEqual(store.stats, { messages: 3, bytes: 670 });
  });

  test(`${where}: pages hold no more than fits, and end to end they are everything once`, async (t) => {
    const { store } = await opened(t, { historyQuota: 4, historyTotal: 8 });
    const lengths = [60 * KIB, 64 * KIB, 64 * KIB, 64 * KIB, 64 * KIB, ...Array.from({ length: 450 }, () => 288)];
    for (const [i, length] of lengths.entries())
      await add(store, "r", { seq: i + 1, from: ALICE, sealed: bytes(i % 256, length) });
    const seen: number[] = [];
    for (let more = true; more;) {
      const page = await store.page("r", seen.at(-1) ?? 0);
      const total = page.messages.reduce((sum, { frame }) => sum + frame.length, 0);
      assert.ok(page.messages.length <= HISTORY_PAGE_MAX && total <= HISTORY_PAGE_BYTES);
      seen.push(...page.messages.map(({ seq }) => seq));
      more = page.more;
    }
    assert.deepEqual(
      seen,
      lengths.map((_, i) => i + 1),
    );
  });

  test(`${where}: a room that is full loses its oldest messages, and no other room's`, async (t) => {
    const { store } = await opened(t);
    await add(store, "other", { seq: 1, from: BOB, sealed: bytes(1) });
    for (let seq = 1; seq <= 20; seq++) await add(store, "r", { seq, from: ALICE, sealed: bytes(seq, 64 * KIB) });
    assert.deepEqual([...(await numbers(store, "r")), ...(await numbers(store, "r", 8))], [5, 6, 7, 8, 9, 10, 11, 12]);
    assert.deepEqual(await numbers(store, "other"), [1]);
    assert.deepEqual(store.stats, { messages: 17, bytes: 2 ** 20 + 300 });
    assert.equal(await store.last("r"), 20);
  });

  test(`${where}: all rooms together have a limit, and there is place again when messages are over`, async (t) => {
    const { store, wait } = await opened(t);
    for (let i = 0; i < 32; i++) {
      await add(store, i < 16 ? "a" : "b", { seq: i + 1, from: ALICE, sealed: bytes(i, 64 * KIB) });
      if (i === 15) wait(50);
    }
    await refuses("quota_exceeded", () => add(store, "c", { seq: 1, from: BOB, sealed: bytes(1) }));
    wait(60);
    await add(store, "c", { seq: 2, from: BOB, sealed: bytes(1) });
    assert.deepEqual([await numbers(store, "a"), await numbers(store, "c")], [[], [2]]);
  });

  test(`${where}: a message is kept for its time, and the newest number of a room stays known as long as one is`, async (t) => {
    const { store, wait } = await opened(t);
    await add(store, "r", { seq: 1, from: ALICE, sealed: bytes(1) });
    wait(60);
    await add(store, "r", { seq: 2, from: ALICE, sealed: bytes(2) });
    wait(40);
    assert.deepEqual(await numbers(store, "r"), [2], "it is not served even before it is swept");
    await store.expire();
    assert.deepEqual([store.stats.messages, await store.last("r")], [1, 2]);
    wait(60);
    await store.expire();
    assert.deepEqual(store.stats, { messages: 0, bytes: 0 });
  });

  test(`${where}: a relay that keeps nothing says so, and lets what an earlier run kept run out`, async (t) => {
    const { store } = await opened(t, { history: 0 });
    await refuses("history_disabled", () => add(store, "r", { seq: 1, from: ALICE, sealed: bytes(1) }));
    await refuses("history_disabled", () => store.page("r", 0));
    await store.expire();
    assert.equal(store.stats.messages, 0);
  });

  test(`${where}: closing twice is closing once`, async (t) => {
    const { store } = await opened(t);
    store.close();
    store.close();
    await store.expire();
  });
}

test("all stores give the same answers to whatever is asked of them", async (t) => {
  const command = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("add"),
        room: fc.constantFrom("a", "b"),
        size: fc.integer({ min: 1, max: 65_568 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("page"),
        room: fc.constantFrom("a", "b"),
        size: fc.integer({ min: 0, max: 80 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("wait"), room: fc.constant(""), size: fc.integer({ min: 1, max: 60 }) }),
    },
  );
  let now = 0;
  const clock = (): number => now;
  const place = await redisPlace(t, clock);
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 80 }), async (commands) => {
      now = 0;
      await place.link.run((client) => client.flushall());
      const stores = [
        await openHistory(false, LIMITS, clock),
        await openHistory(temporaryFile(t), LIMITS, clock),
        inRedis(place, LIMITS),
      ];
      const answers: unknown[][] = [[], [], []];
      for (const [seq, { do: what, room, size }] of commands.entries()) {
        if (what === "wait") now += size * 1000;
        for (const [i, store] of stores.entries()) {
          if (what === "add") await add(store, room, { seq: seq + 1, from: ALICE, sealed: bytes(seq % 256, size) });
          if (what === "wait") await store.expire();
          const page = what === "page" ? await store.page(room, size) : undefined;
          answers[i].push([
            page?.messages.map(({ seq: at, frame }) => [at, frame.length]),
            page?.more,
            store.stats,
            await store.last("a"),
          ]);
        }
      }
      stores[1].close();
      assert.deepEqual(answers[0], answers[1]);
      assert.deepEqual(answers[0], answers[2]);
    }),
    { numRuns: 30 },
  );
});

test("in SQLite: a store that was never closed has left everything behind, numbers, quotas and times too", async (t) => {
  const file = temporaryFile(t);
  let now = 5_000;
  const killed = await openHistory(file, LIMITS, () => now);
  for (let seq = 1; seq <= 16; seq++) await add(killed, "r", { seq, from: ALICE, sealed: bytes(seq, 64 * KIB) });
  const store = await openHistory(file, LIMITS, () => now);
  t.after(() => [killed, store].forEach((each) => each.close()));
  assert.equal(store.last("r"), 16);
  await add(store, "r", { seq: 17, from: BOB, sealed: bytes(1) });
  assert.equal((await numbers(store, "r"))[0], 2, "the quota counts what was there");
  now += 100_000;
  store.expire();
  const beside = await openBeside(t, file);
  assert.deepEqual(beside.prepare("SELECT COUNT(*) AS rows FROM room_messages").all(), [{ rows: 0 }]);
});
