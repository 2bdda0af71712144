import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { KIND, type HistoryPage, type RoomLogs } from "@qsec2/sdk/wire";
import type { StartOptions } from "./server.js";
import type { TestClient } from "./testing/client.js";
import { fixture, type Fixture } from "./testing/fixture.js";
import { fakeFrame } from "./testing/frames.js";
import { RawSocket } from "./testing/raw-socket.js";

const frame = (fill: number, bytes = 288): string => fakeFrame(KIND.GROUP, bytes, fill);
const keeping = (t: TestContext, options: StartOptions = {}): Promise<Fixture> =>
  fixture(t, { history: 3_600, ...options });

async function page(member: TestClient, since?: number): Promise<HistoryPage> {
  const answer = await member.ask("fetch_history", since === undefined ? {} : { since });
  assert.ok(answer.ok, answer.code);
  return answer as unknown as HistoryPage;
}

test("a message to keep is passed on with its number like any other, and who comes later gets it", async (t) => {
  const { relay, member } = await keeping(t);
  const [alice, bob] = [await member("alice", "r", 3), await member("bob", "r", 3)];
  assert.deepEqual(await alice.ask("store_encrypted", {}, frame(1)), { ok: true, seq: 1 });
  assert.deepEqual(await alice.ask("group_message", {}, frame(2)), { ok: true, seq: 2 });
  assert.deepEqual(await bob.ask("store_encrypted", {}, frame(3)), { ok: true, seq: 3 });
  await bob.next("group_message", ({ seq }) => seq === 2);
  assert.deepEqual(bob.all("group_message"), [
    [{ from: alice.id, seq: 1 }, frame(1)],
    [{ from: alice.id, seq: 2 }, frame(2)],
  ]);
  const carol = await member("carol", "r", 3);
  assert.deepEqual(await page(carol), {
    ok: true,
    messages: [
      { seq: 1, from: alice.id, frame: frame(1) },
      { seq: 3, from: bob.id, frame: frame(3) },
    ],
    more: false,
    last: 3,
  });
  assert.deepEqual(
    (await page(carol, 1)).messages.map(({ seq }) => seq),
    [3],
  );
  assert.deepEqual(relay.stats.history, { messages: 2, bytes: 576 });
  await carol.ask("fetch_room_logs", {});
  const [logs] = carol.all("room_logs").at(-1) as [RoomLogs];
  const lines = logs.entries.map(({ message }) => message).filter((line) => line.startsWith("[MSG_"));
  assert.deepEqual(lines.slice(0, 5), [
    "[MSG_ENCRYPTED] user=alice iv_len=12",
    "[MSG_STORED] room=r sender=alice",
    "[MSG_RELAYED] room=r sender=alice",
    "[MSG_ENCRYPTED] user=alice iv_len=12",
    "[MSG_RELAYED] room=r sender=alice",
  ]);
});

test("kept messages and their numbers outlive the room and the relay", async (t) => {
  const first = await keeping(t);
  const alice = await first.member("alice", "r");
  await alice.ask("group_message", {}, frame(1));
  await alice.ask("store_encrypted", {}, frame(2));
  await alice.ask("leave", {});
  const back = await first.member("alice", "r");
  assert.deepEqual(await back.ask("group_message", {}, frame(3)), { ok: true, seq: 3 });
  const second = await keeping(t, { db: first.relay.db });
  const bob = await second.member("bob", "r");
  assert.deepEqual((await page(bob)).messages, [{ seq: 2, from: alice.id, frame: frame(2) }]);
  assert.deepEqual(await bob.ask("store_encrypted", {}, frame(4)), { ok: true, seq: 3 });
});

test("the history is for members only, and for those of their own room", async (t) => {
  const { client, member } = await keeping(t);
  const [alice, mallory, stranger] = [
    await member("alice", "r"),
    await member("mallory", "m"),
    await client("stranger"),
  ];
  await alice.ask("store_encrypted", {}, frame(1));
  assert.deepEqual((await page(mallory)).messages, []);
  assert.equal((await stranger.ask("fetch_history", {})).code, "not_joined");
  assert.equal((await stranger.ask("store_encrypted", {}, frame(1))).code, "not_joined");
});

test("whatever is wrong with a request about the history gets its stable code, and nothing is kept of it", async (t) => {
  const { relay, member } = await keeping(t);
  const alice = await member("alice", "r");
  const cases: readonly (readonly [what: string, code: string, event: string, ...args: unknown[]])[] = [
    ["a frame of another kind", "frame_malformed", "store_encrypted", {}, fakeFrame(KIND.SHARE, 288)],
    ["a frame that is too large", "frame_too_large", "store_encrypted", {}, frame(1, 65_569)],
    ["a frame as bytes", "frame_malformed", "store_encrypted", {}, Buffer.alloc(288, 1)],
    ["no frame", "bad_request", "store_encrypted", {}],
    ["a number below zero", "bad_request", "fetch_history", { since: -1 }],
    ["half a number", "bad_request", "fetch_history", { since: 0.5 }],
    ["a number as text", "bad_request", "fetch_history", { since: "0 OR 1=1" }],
    ["a number that is inherited", "bad_request", "fetch_history", [1]],
  ];
  for (const [what, code, event, ...args] of cases) assert.equal((await alice.ask(event, ...args)).code, code, what);
  assert.equal(relay.stats.history.messages, 0);
});

test("who catches up page by page can go on talking", async (t) => {
  const { member } = await keeping(t);
  const alice = await member("alice", "r");
  const answers = await Promise.all(Array.from({ length: 400 }, () => alice.ask("fetch_history", {})));
  assert.ok(answers.some(({ code }) => code === "rate_limited"));
  assert.equal((await alice.ask("store_encrypted", {}, frame(1))).ok, true);
});

test("a reader who asks for pages and does not read them is cut off", async (t) => {
  const { relay, member } = await keeping(t);
  const alice = await member("alice", "r", 3);
  for (let i = 0; i < 8; i++) await alice.ask("store_encrypted", {}, frame(i, 65_568));
  const raw = await RawSocket.connected(relay);
  const id = alice.id.replace(/^./, "X");
  raw.send(`420["join",${JSON.stringify({ version: 1, room: "r", username: "mallory", id, expected: 3 })}]`);
  await raw.until("430");
  raw.pause();
  for (let i = 1; i <= 150; i++) raw.send(`42${i}["fetch_history",{}]`);
  await alice.next<{ members: { online: boolean }[] }>("user_list", ({ members }) =>
    members.some(({ online }) => !online),
  );
  raw.drop();
});
