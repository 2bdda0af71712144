import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, type RoomLogs, type UserList } from "@qsec2/sdk/wire";
import { startRelay } from "./server.js";
import type { TestClient } from "./testing/client.js";
import { startCluster } from "./testing/cluster.js";
import { fakeAnnounce, fakeFrame } from "./testing/frames.js";
import { startRedis } from "./testing/redis.js";

const group = fakeFrame(KIND.GROUP, 288);

async function hasList(client: TestClient, matches: (list: UserList) => boolean): Promise<UserList> {
  return client.next<UserList>("user_list", matches);
}

test("two relays on one Redis are one relay: lists, keys, messages to all and to one", async (t) => {
  const { client, member } = await startCluster(t);
  const alice = await member(0, "alice", "r", 3);
  await alice.ask("announce_pubkey", {}, fakeAnnounce());
  const bob = await client(1, "bob");
  const welcome = await bob.join("r");
  assert.deepEqual([welcome.leader, welcome.expected, welcome.members.length], [alice.id, 3, 2]);
  await bob.next("pubkeys");
  assert.deepEqual(bob.all("pubkeys"), [[{ entries: [{ from: alice.id, frame: fakeAnnounce() }] }]]);
  await hasList(alice, ({ members }) => members.length === 2);
  assert.deepEqual(await bob.ask("bb84_relay", { to: alice.id }, fakeFrame(KIND.M1, 1406)), { ok: true });
  await alice.next("bb84_signal");
  assert.deepEqual(alice.all("bb84_signal"), [[{ from: bob.id }, fakeFrame(KIND.M1, 1406)]]);
  assert.deepEqual(await alice.ask("group_message", {}, group), { ok: true, seq: 1 });
  assert.deepEqual(await bob.ask("group_message", {}, group), { ok: true, seq: 2 });
  await Promise.all([alice, bob].map(async (each) => each.next("group_message")));
  assert.deepEqual(alice.all("group_message"), [[{ from: bob.id, seq: 2 }, group]]);
  assert.deepEqual(bob.all("group_message"), [[{ from: alice.id, seq: 1 }, group]]);
  assert.deepEqual(await alice.ask("relay", { type: "cursor" }, group), { ok: true });
  await bob.next("relay");
  assert.deepEqual(bob.all("relay"), [[{ from: alice.id, type: "cursor" }, group]]);
  await bob.ask("fetch_room_logs", {});
  const [{ entries }] = bob.all("room_logs").at(-1) as [RoomLogs];
  const lines = entries.map(({ message }) => message);
  assert.equal(lines[0], "[ROOM_CREATED] room=r leader=alice expected=3", "what happened on the other relay, too");
  assert.ok(lines.includes("[USER_JOIN] room=r user=bob"));
  await alice.ask("leave", {});
  const list = await hasList(bob, ({ departed }) => departed === alice.id);
  assert.deepEqual([list.leader, list.members.length], [bob.id, 1]);
});

test("a member who comes back over the other relay takes the seat, and the old socket is cut", async (t) => {
  const { client, member } = await startCluster(t);
  const bob = await member(1, "bob", "r", 3);
  const alice = await client(0, "alice");
  const { resume } = await alice.join("r");
  const again = await client(1, "alice", alice.id);
  assert.equal((await again.join("r", { resume })).resumed, true);
  await alice.ended();
  await again.ask("encrypted_message", { to: bob.id }, fakeFrame(KIND.DIRECT, 300));
  await bob.next("encrypted_message");
  await bob.ask("encrypted_message", { to: alice.id }, fakeFrame(KIND.DIRECT, 300));
  await again.next("encrypted_message");
});

test("whoever is told of changes that came at once over both relays ends with the right list", async (t) => {
  const { client, member } = await startCluster(t);
  const first = await member(0, "first", "r", 64);
  const second = await member(1, "second", "r");
  const crowd = await Promise.all(Array.from({ length: 24 }, async (_, i) => client(i % 2, `user${i}`)));
  await Promise.all(
    crowd.map(async (each, i) => {
      await each.join("r");
      if (i % 3 === 0) await each.ask("leave", {});
    }),
  );
  await first.ask("group_message", {}, group);
  await second.next("group_message");
  const { members } = await (await client(0, "last")).join("r");
  assert.equal(members.length, 2 + 16 + 1);
  for (const each of [first, second]) await hasList(each, (list) => list.members.at(-1)?.username === "last");
  const lists = [first, second].map((each) => each.all("user_list").map(([list]) => list as UserList));
  for (const heard of lists) assert.deepEqual(heard.at(-1)!.members, members);
});

test("a relay that is stopped leaves its members to the other one, which takes them out after the grace time", async (t) => {
  const { relays, member } = await startCluster(t, { grace: 0.2 });
  const alice = await member(0, "alice", "r");
  const bob = await member(1, "bob", "r");
  await relays[0].close();
  await alice.ended();
  await hasList(bob, ({ departed }) => departed === alice.id);
  assert.equal((await alice.next("relay_error")).code, "draining");
  assert.deepEqual(bob.all("relay_error"), [], "whose relay goes on");
});

test("while Redis is away nobody is heard and nobody loses the place; then everything goes on", async (t) => {
  const { redis, relays, client, member } = await startCluster(t);
  const alice = await member(0, "alice", "r", 3);
  const bob = await member(1, "bob", "r");
  await redis.stop();
  assert.equal((await alice.ask("group_message", {}, group)).code, "draining");
  assert.equal(relays[0].stats.redis, "down");
  const carol = await client(0, "carol");
  const ended = carol.ended();
  await assert.rejects(carol.join("r"), "whoever joins is sent away to come back");
  await ended;
  await redis.start();
  while (!(await alice.ask("group_message", {}, group)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
  await bob.next("group_message");
  assert.equal(relays[0].stats.redis, "ready");
  const again = await member(1, "carol", "r");
  // What the stream still has from before may come first.
  await hasList(again, ({ members }) => members.length === 3);
  assert.ok(alice.socket.connected && bob.socket.connected);
});

test("a Redis that does not answer is told in a sentence without the password", async (t) => {
  const redis = await startRedis(t, "--requirepass", "open-sesame");
  const refusal = (url: string): Promise<Error> =>
    startRelay({ port: 0, db: false, pages: false, logLevel: "silent", redis: url }).then(
      () => assert.fail("it has started"),
      (error: Error) => error,
    );
  const wrong = await refusal(redis.url.replace("//", "//:hunter2@"));
  const missing = await refusal("redis://:hunter2@127.0.0.1:1");
  for (const error of [wrong, missing]) {
    assert.match(error.message, /^The Redis at 127\.0\.0\.1:\d+ cannot be used: /);
    assert.ok(!JSON.stringify([error.message, error.stack, error.cause, error]).includes("hunter2"));
  }
  const relay = await startRelay({
    ...{ port: 0, db: false, pages: false, logLevel: "silent" },
    redis: redis.url.replace("//", "//:open-sesame@"),
  });
  await relay.close();
});
