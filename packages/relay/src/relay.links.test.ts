import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, type UserList, type Welcome } from "@qsec2/sdk/wire";
import { fixture } from "./testing/fixture.js";
import { fakeAnnounce, fakeFrame } from "./testing/frames.js";

const online = ({ members }: UserList): Record<string, boolean> =>
  Object.fromEntries(members.map((member) => [member.username, member.online]));

test("who loses the link is shown as away, and is back with the same place after a resume", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  const { resume } = await alice.join("r");
  const bob = await member("bob", "r");
  await alice.ask("announce_pubkey", {}, fakeAnnounce());
  await bob.ask("announce_pubkey", {}, fakeAnnounce(1));
  alice.drop();
  const away = await bob.next<UserList>("user_list", (list) => !online(list)["alice"]);
  assert.deepEqual([online(away), away.leader, away.departed], [{ alice: false, bob: true }, alice.id, undefined]);
  assert.equal((await bob.ask("bb84_relay", { to: alice.id }, fakeFrame(KIND.M2, 210))).code, "unknown_member");

  const again = await client("alice", alice.id);
  const welcome: Welcome = await again.join("r", { resume });
  assert.deepEqual([welcome.resumed, welcome.resume, welcome.leader], [true, resume, alice.id]);
  assert.deepEqual(online(await bob.next<UserList>("user_list")), { alice: true, bob: true });
  const { entries } = await again.next<{ entries: { from: string }[] }>("pubkeys");
  assert.deepEqual(
    entries.map(({ from }) => from),
    [bob.id],
    "her own key she has herself",
  );
  assert.deepEqual(await bob.ask("bb84_relay", { to: alice.id }, fakeFrame(KIND.M2, 210)), { ok: true });
  await again.next("bb84_signal");
});

test("who says that it leaves and is gone at once has left, however much of its own still waits before that", async (t) => {
  const { client, member } = await fixture(t, { grace: 60, history: 60, joinRate: 1_000 });
  const bob = await member("bob", "r");
  for (let round = 0; round < 60; round++) {
    const alice = await client("alice");
    await alice.join("r");
    alice.socket.emit("announce_pubkey", {}, fakeAnnounce());
    for (let i = 0; i < 4; i++) alice.socket.emit("fetch_history", { since: 0 }, () => {});
    alice.socket.emit("leave", {});
    alice.socket.disconnect();
    await bob.next<UserList>("user_list", ({ departed }) => departed === alice.id);
  }
});

test("who does not come back within the grace time has left, and the next in order leads", async (t) => {
  const { relay, member } = await fixture(t, { grace: 0.05 });
  const alice = await member("alice", "r", 3);
  const bob = await member("bob", "r");
  const carol = await member("carol", "r");
  alice.drop();
  for (const peer of [bob, carol]) {
    const list = await peer.next<UserList>("user_list", ({ departed }) => departed !== undefined);
    assert.deepEqual([list.departed, list.leader, online(list)], [alice.id, bob.id, { bob: true, carol: true }]);
  }
  bob.close();
  const list = await carol.next<UserList>("user_list", ({ departed }) => departed === bob.id);
  assert.equal(list.leader, carol.id);
  carol.drop();
  while (relay.stats.rooms > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(relay.stats.members, 0);
});

test("who comes back within the grace time does not leave when it would have ended", async (t) => {
  const { relay, client, member } = await fixture(t, { grace: 0.2 });
  const alice = await client("alice");
  const { resume } = await alice.join("r");
  const bob = await member("bob", "r");
  alice.drop();
  await bob.next<UserList>("user_list", (list) => !online(list)["alice"]);
  const again = await client("alice", alice.id);
  await again.join("r", { resume });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal(relay.stats.members, 2);
  assert.ok(bob.all("user_list").every(([list]) => (list as UserList).departed === undefined));
});

test("without a grace time a dropped link is a departure", async (t) => {
  const { member } = await fixture(t, { grace: 0 });
  const alice = await member("alice", "r");
  const bob = await member("bob", "r");
  alice.drop();
  const list = await bob.next<UserList>("user_list", ({ departed }) => departed === alice.id);
  assert.deepEqual(online(list), { bob: true });
});

test("a resume takes over at once from a link that the relay still believes in, and nobody has left", async (t) => {
  const { relay, client, member } = await fixture(t, { grace: 0 });
  const alice = await client("alice");
  const { resume } = await alice.join("r");
  const bob = await member("bob", "r");
  const again = await client("alice", alice.id);
  const ended = alice.ended();
  assert.equal((await again.join("r", { resume })).resumed, true);
  await ended;
  await bob.ask("group_message", {}, fakeFrame(KIND.GROUP, 288));
  await again.next("group_message");
  assert.equal(relay.stats.members, 2);
  assert.ok(bob.all("user_list").every(([list]) => (list as UserList).departed === undefined));
  assert.equal(alice.all("group_message").length, 0);
});

test("a token of an earlier stay is worth nothing, and the place is a new one", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  const { resume } = await alice.join("r", { expected: 3 });
  await member("bob", "r");
  await alice.ask("leave", {});
  const welcome = await alice.join("r", { resume });
  assert.deepEqual([welcome.resumed, welcome.resume === resume], [false, false]);
  assert.equal(welcome.members.at(-1)!.username, "alice");
});

test("who leaves may go to another room with the same socket, and hears nothing more of the first", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r");
  const bob = await member("bob", "r");
  await alice.ask("leave", {});
  await alice.join("other");
  await bob.ask("group_message", {}, fakeFrame(KIND.GROUP, 288));
  assert.equal((await alice.ask("bb84_relay", { to: bob.id }, fakeFrame(KIND.M2, 210))).code, "unknown_member");
  assert.deepEqual(alice.all("group_message"), []);
  assert.ok(alice.all("user_list").every(([list]) => (list as UserList).departed === undefined));
});
