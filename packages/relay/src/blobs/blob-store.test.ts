import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { toBase64url } from "@qsec2/sdk/wire";
import { redisPlace } from "../testing/redis.js";
import { openBeside, temporaryFile } from "../testing/sqlite.js";
import type { BlobStore } from "./blob-store.js";
import { openBlobs } from "./open.js";
import { RedisBlobs } from "./redis.js";
import type { BlobLimits } from "./rules.js";

const LIMITS: BlobLimits = { maxFile: 1, fileQuota: 1, fileTotal: 2, fileTtl: 100 };
const PART = 256 * 1024;

const blobId = (fill: number): string => toBase64url(new Uint8Array(16).fill(fill));
const A = blobId(1);
const B = blobId(2);
const bytes = (fill: number, length = PART): Uint8Array => new Uint8Array(length).fill(fill);
const bits = ({ parts, bitmap }: Awaited<ReturnType<BlobStore["have"]>>): string =>
  Array.from({ length: parts }, (_, i) => (bitmap[i >> 3] >> (7 - (i & 7))) & 1).join("");

interface Opened {
  readonly store: BlobStore;
  /** Seconds go by. */
  readonly wait: (seconds: number) => void;
}

/** What holds for every blob store. */
const STORES: readonly (readonly [
  where: string,
  open: (t: TestContext, limits: BlobLimits, now: () => number) => Promise<BlobStore>,
])[] = [
  ["in memory", async (_, limits, now) => openBlobs(false, limits, now)],
  ["in SQLite", async (t, limits, now) => openBlobs(temporaryFile(t), limits, now)],
  ["in Redis", async (t, limits, now) => new RedisBlobs(await redisPlace(t, now), limits)],
];

for (const [where, open] of STORES) {
  const opened = async (t: TestContext, limits: Partial<BlobLimits> = {}): Promise<Opened> => {
    let now = 1_000_000;
    const store = await open(t, { ...LIMITS, ...limits }, () => now);
    t.after(() => store.close());
    return { store, wait: (seconds) => void (now += seconds * 1000) };
  };
  const refuses = async (code: string, call: () => unknown): Promise<void> =>
    // `async`, so that what is thrown at once and what is rejected later look alike.
    assert.rejects(async () => call(), { name: "QsecError", code });

  test(`${where}: parts come back as they were sent, in any order, and the last one completes the blob`, async (t) => {
    const { store } = await opened(t);
    assert.equal(await store.put("r", { blob: A, part: 2, parts: 3 }, bytes(3, 7)), undefined);
    assert.equal(await store.put("r", { blob: A, part: 0, parts: 3 }, bytes(1)), undefined);
    assert.equal(bits(await store.have("r", A)), "101");
    const complete = await store.put("r", { blob: A, part: 1, parts: 3 }, bytes(2));
    assert.deepEqual(complete, { room: "r", parts: 3, bytes: 2 * PART + 7 });
    for (const [part, fill, length] of [
      [0, 1, PART],
      [1, 2, PART],
      [2, 3, 7],
    ]) {
      assert.deepEqual(new Uint8Array(await store.get("r", A, part)), bytes(fill, length));
    }
    assert.deepEqual(store.stats, { blobs: 1, bytes: 2 * PART + 7 });
  });

  test(`${where}: what is kept does not change with the buffer it came in`, async (t) => {
    const { store } = await opened(t);
    const buffer = Buffer.alloc(10, 1);
    await store.put("r", { blob: A, part: 0, parts: 1 }, buffer);
    buffer.fill(2);
    assert.deepEqual(new Uint8Array(await store.get("r", A, 0)), bytes(1, 10));
  });

  test(`${where}: a part that is there stays, and the number of parts cannot change`, async (t) => {
    const { store } = await opened(t);
    await store.put("r", { blob: A, part: 0, parts: 2 }, bytes(1, 10));
    assert.equal(await store.put("r", { blob: A, part: 0, parts: 2 }, bytes(9, 20)), undefined);
    assert.deepEqual(new Uint8Array(await store.get("r", A, 0)), bytes(1, 10));
    await refuses("bad_request", () => store.put("r", { blob: A, part: 2, parts: 3 }, bytes(1)));
    assert.equal(store.stats.bytes, 10);
  });

  test(`${where}: a blob is its room's alone`, async (t) => {
    const { store } = await opened(t);
    await store.put("r", { blob: A, part: 0, parts: 1 }, bytes(1, 10));
    await store.put("other", { blob: A, part: 0, parts: 1 }, bytes(2, 10));
    assert.deepEqual(await store.have("third", A), { parts: 0, bitmap: new Uint8Array() });
    await refuses("unknown_blob", () => store.get("third", A, 0));
    await store.drop("other", A);
    assert.deepEqual(new Uint8Array(await store.get("r", A, 0)), bytes(1, 10));
    await refuses("unknown_blob", () => store.get("other", A, 0));
  });

  test(`${where}: what is not there is unknown, and dropping it is no error`, async (t) => {
    const { store } = await opened(t);
    await store.put("r", { blob: A, part: 0, parts: 2 }, bytes(1, 10));
    await refuses("unknown_blob", () => store.get("r", A, 1));
    await refuses("unknown_blob", () => store.get("r", A, 65_535));
    await store.drop("r", A);
    await store.drop("r", A);
    assert.deepEqual(store.stats, { blobs: 0, bytes: 0 });
  });

  test(`${where}: a room and the relay have a quota, and room is free again after a drop`, async (t) => {
    const { store } = await opened(t);
    for (let part = 0; part < 4; part++) await store.put("r", { blob: A, part, parts: 5 }, bytes(part));
    await refuses("quota_exceeded", () => store.put("r", { blob: A, part: 4, parts: 5 }, bytes(1, 1)));
    for (let part = 0; part < 4; part++) await store.put("other", { blob: B, part, parts: 5 }, bytes(part));
    await refuses("quota_exceeded", () => store.put("third", { blob: B, part: 0, parts: 1 }, bytes(1, 1)));
    await store.drop("r", A);
    assert.deepEqual(await store.put("third", { blob: B, part: 0, parts: 1 }, bytes(1, 1)), {
      room: "third",
      parts: 1,
      bytes: 1,
    });
  });

  test(`${where}: a file that is too large is refused at its first part, the largest one is not`, async (t) => {
    const { store } = await opened(t, { maxFile: 50, fileQuota: 500 });
    await store.put("r", { blob: A, part: 0, parts: 201 }, bytes(1));
    await refuses("file_too_large", () => store.put("r", { blob: B, part: 0, parts: 240 }, bytes(1)));
  });

  test(`${where}: the time of a blob begins with its first part, and then all of it goes`, async (t) => {
    const { store, wait } = await opened(t);
    await store.put("r", { blob: A, part: 0, parts: 2 }, bytes(1, 10));
    wait(60);
    await store.put("r", { blob: A, part: 1, parts: 2 }, bytes(2, 10));
    await store.put("r", { blob: B, part: 0, parts: 2 }, bytes(3, 5));
    assert.deepEqual(await store.expire(), []);
    wait(40);
    assert.equal((await store.have("r", A)).parts, 0);
    await refuses("unknown_blob", () => store.get("r", A, 1));
    assert.deepEqual(await store.expire(), [{ room: "r", parts: 2, bytes: 20 }]);
    assert.deepEqual(await store.expire(), []);
    assert.deepEqual(store.stats, { blobs: 1, bytes: 5 });
    wait(60);
    await store.put("r", { blob: B, part: 1, parts: 2 }, bytes(4, 5)); // its time is over, though nobody has looked yet
    assert.equal(bits(await store.have("r", B)), "01");
  });

  test(`${where}: closing twice is closing once`, async (t) => {
    const { store } = await opened(t);
    store.close();
    store.close();
    assert.deepEqual(await store.expire(), []);
  });
}

test("in SQLite: a store that was never closed has left everything behind, quotas and times too", async (t) => {
  const file = temporaryFile(t);
  let now = 5_000;
  const killed = await openBlobs(file, LIMITS, () => now);
  for (let part = 0; part < 3; part++) await killed.put("r", { blob: A, part: 2 * part, parts: 5 }, bytes(part));
  const store = await openBlobs(file, LIMITS, () => now);
  t.after(() => [killed, store].forEach((each) => each.close()));
  assert.equal(bits(await store.have("r", A)), "10101");
  assert.deepEqual(new Uint8Array(await store.get("r", A, 4)), bytes(2));
  await store.put("r", { blob: A, part: 1, parts: 5 }, bytes(7));
  await assert.rejects(async () => store.put("r", { blob: A, part: 3, parts: 5 }, bytes(7)), {
    code: "quota_exceeded",
  });
  now += 100_000;
  assert.deepEqual(await store.expire(), [{ room: "r", parts: 5, bytes: 4 * PART }]);
  const beside = await openBeside(t, file);
  assert.deepEqual(beside.prepare("SELECT COUNT(*) AS rows FROM blob_parts").all(), [{ rows: 0 }]);
});
