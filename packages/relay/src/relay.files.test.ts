import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, toBase64url, type RoomLogs } from "@qsec2/sdk/wire";
import type { TestClient } from "./testing/client.js";
import { fixture } from "./testing/fixture.js";
import { fakeFrame } from "./testing/frames.js";
import { RawSocket } from "./testing/raw-socket.js";

const PART = 256 * 1024;
const blob = toBase64url(new Uint8Array(16).fill(9));
const bytes = (fill: number, length = PART): Buffer => Buffer.alloc(length, fill);

async function fileLines(member: TestClient): Promise<string[]> {
  const before = member.all("room_logs").length;
  await member.ask("fetch_room_logs", {});
  const [logs] = member.all("room_logs")[before] as [RoomLogs];
  return logs.entries.map(({ message }) => message).filter((line) => line.startsWith("[FILE_"));
}

test("a member stores the parts of a file, others of the room fetch them, and the log says how much it was", async (t) => {
  const { relay, member } = await fixture(t);
  const [alice, bob] = [await member("alice", "r"), await member("bob", "r")];
  assert.deepEqual(await alice.ask("blob_have", { blob }), { ok: true, parts: 0, bitmap: "" });
  const parts = [bytes(1), bytes(2), bytes(3, 100)];
  for (const part of [2, 0])
    assert.deepEqual(await alice.ask("blob_put", { blob, part, parts: 3 }, parts[part]), { ok: true });
  assert.deepEqual(await bob.ask("blob_have", { room: "r", blob }), {
    ok: true,
    parts: 3,
    bitmap: toBase64url(Uint8Array.of(0xa0)),
  });
  assert.deepEqual(await fileLines(bob), []);
  await alice.ask("blob_put", { blob, part: 1, parts: 3 }, parts[1]);
  for (const [part, sent] of parts.entries()) {
    assert.deepEqual(await bob.ask("blob_get", { blob, part }), { ok: true, bytes: sent });
  }
  assert.deepEqual(await fileLines(bob), [`[FILE_STORED] room=r user=alice parts=3 bytes=${2 * PART + 100}`]);
  assert.deepEqual(relay.stats.files, { blobs: 1, bytes: 2 * PART + 100 });
  assert.deepEqual(await alice.ask("blob_drop", { blob }), { ok: true });
  assert.equal((await bob.ask("blob_get", { blob, part: 0 })).code, "unknown_blob");
  assert.deepEqual([bob.all("blob_put"), bob.all("blob_have")], [[], []], "nobody is told of a part");
});

test("files are for members only, and for those of their own room", async (t) => {
  const { client, member } = await fixture(t);
  const [alice, mallory, stranger] = [
    await member("alice", "r"),
    await member("mallory", "m"),
    await client("stranger"),
  ];
  await alice.ask("blob_put", { blob, part: 0, parts: 1 }, bytes(1, 10));
  assert.equal((await mallory.ask("blob_get", { blob, part: 0 })).code, "unknown_blob");
  assert.equal((await mallory.ask("blob_get", { room: "r", blob, part: 0 })).code, "not_joined");
  assert.equal(
    (await mallory.ask("blob_put", { room: "r", blob, part: 0, parts: 1 }, bytes(1, 10))).code,
    "not_joined",
  );
  await mallory.ask("blob_drop", { blob });
  for (const [event, ...args] of [
    ["blob_put", { room: "r", blob, part: 0, parts: 1 }, bytes(1, 10)],
    ["blob_have", { room: "r", blob }],
    ["blob_get", { room: "r", blob, part: 0 }],
    ["blob_drop", { room: "r", blob }],
  ] as const) {
    assert.equal((await stranger.ask(event, ...args)).code, "not_joined", event);
  }
  assert.deepEqual(await alice.ask("blob_get", { blob, part: 0 }), { ok: true, bytes: bytes(1, 10) });
});

test("whatever is wrong with a request about a file gets its stable code", async (t) => {
  const { member } = await fixture(t, { fileQuota: 1, maxFile: 10 });
  const alice = await member("alice", "r");
  const header = { blob, part: 0, parts: 4 };
  const cases: readonly (readonly [what: string, code: string, event: string, ...args: unknown[]])[] = [
    ["a part that is too large", "frame_too_large", "blob_put", header, bytes(1, PART + 1)],
    ["a part of nothing", "frame_malformed", "blob_put", header, bytes(1, 0)],
    ["a part as text", "frame_malformed", "blob_put", header, "AAAA"],
    ["a part as a list", "frame_malformed", "blob_put", header, [1, 2]],
    ["no part", "bad_request", "blob_put", header],
    ["a part number beyond the parts", "bad_request", "blob_put", { ...header, part: 4 }, bytes(1, 9)],
    ["half a part number", "bad_request", "blob_put", { ...header, part: 0.5 }, bytes(1, 9)],
    ["no parts at all", "bad_request", "blob_put", { ...header, parts: 0 }, bytes(1, 9)],
    ["more parts than there can be", "bad_request", "blob_put", { ...header, parts: 65_537 }, bytes(1, 9)],
    ["a file that is too large", "file_too_large", "blob_put", { ...header, parts: 60 }, bytes(1, 9)],
    ["a blob id that is a path", "bad_request", "blob_put", { ...header, blob: "../../../../etc/passwd" }, bytes(1, 9)],
    ["a blob id with spare bits", "bad_request", "blob_have", { blob: `${"A".repeat(21)}B` }],
    ["a blob id that is a list", "bad_request", "blob_get", { blob: [blob], part: 0 }],
    ["a blob id that is inherited", "bad_request", "blob_have", JSON.parse(`{"__proto__":{"blob":"${blob}"}}`)],
    ["a part that is not there", "unknown_blob", "blob_get", { blob, part: 0 }],
    ["bytes where none belong", "bad_request", "blob_have", { blob }, bytes(1, 9)],
  ];
  for (const [what, code, event, ...args] of cases) assert.equal((await alice.ask(event, ...args)).code, code, what);
  for (let part = 0; part < 4; part++) await alice.ask("blob_put", { blob, part, parts: 4 }, bytes(part));
  const other = toBase64url(new Uint8Array(16));
  const answer = await alice.ask("blob_put", { blob: other, part: 0, parts: 1 }, bytes(1, 1));
  assert.equal(answer.code, "quota_exceeded");
  assert.match(String(answer.message), /1 MiB/);
});

test("a sealed frame is held to its own limit, though a part of a file may be larger", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r");
  assert.equal((await alice.ask("group_message", {}, fakeFrame(KIND.GROUP, 65_569))).code, "frame_too_large");
  assert.equal((await alice.ask("group_message", {}, bytes(1))).code, "frame_malformed");
});

test("parts have a rate of their own: a transfer does not silence its sender", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r");
  const answers = await Promise.all(Array.from({ length: 400 }, () => alice.ask("blob_have", { blob })));
  const refused = answers.filter(({ ok }) => !ok);
  assert.ok(refused.length > 0 && refused.every(({ code }) => code === "rate_limited"));
  assert.match(String(refused[0].message), /parts of files/);
  assert.equal((await alice.ask("group_message", {}, fakeFrame(KIND.GROUP, 288))).ok, true);
});

test("files whose time is over are gone, and the log says so without any name", async (t) => {
  const { relay, member } = await fixture(t, { fileTtl: 1 });
  const alice = await member("alice", "r");
  await alice.ask("blob_put", { blob, part: 0, parts: 1 }, bytes(1, 10));
  while ((await alice.ask("blob_get", { blob, part: 0 })).ok) await new Promise((resolve) => setTimeout(resolve, 50));
  const other = toBase64url(new Uint8Array(16));
  await alice.ask("blob_put", { blob: other, part: 0, parts: 2 }, bytes(1, 10));
  assert.deepEqual(await fileLines(alice), [
    "[FILE_STORED] room=r user=alice parts=1 bytes=10",
    "[FILE_EXPIRED] room=r parts=1 bytes=10",
  ]);
  assert.equal(relay.stats.files.blobs, 1);
});

test("a reader who asks for parts and does not read them is cut off", async (t) => {
  const { relay, member } = await fixture(t);
  const alice = await member("alice", "r", 3);
  for (let part = 0; part < 4; part++) await alice.ask("blob_put", { blob, part, parts: 4 }, bytes(part));
  const raw = await RawSocket.connected(relay);
  const id = toBase64url(new Uint8Array(32).fill(3));
  raw.send(`420["join",${JSON.stringify({ version: 1, room: "r", username: "mallory", id, expected: 3 })}]`);
  await raw.until("430");
  raw.pause();
  for (let i = 1; i <= 150; i++) raw.send(`42${i}["blob_get",${JSON.stringify({ blob, part: i % 4 })}]`);
  await alice.next<{ members: { online: boolean }[] }>("user_list", ({ members }) =>
    members.some(({ online }) => !online),
  );
  raw.drop();
});
