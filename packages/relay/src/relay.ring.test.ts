import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, type JoinRequest, type RingPosition, type UserList, type Welcome } from "@qsec2/sdk/wire";
import { connect, type TestClient } from "./testing/client.js";
import { fixture } from "./testing/fixture.js";
import { fakeAnnounce, fakeFrame } from "./testing/frames.js";
import { startTestRelay } from "./testing/start-relay.js";

/** What a client says that has nothing of any ring yet. */
const NOTHING: RingPosition = { epoch: "", seq: 0 };

/** A group frame that shows its number. */
const frame = (number: number): string => fakeFrame(KIND.GROUP, 288, number);

/** The frames of one event, in the order in which they were heard. */
const frames = (client: TestClient, event = "group_message"): unknown[] => client.all(event).map(([, text]) => text);

/** Where a client stands after what it has heard, as an honest client counts. */
function position(client: TestClient, { ring }: Welcome): RingPosition {
  const numbers = client.heard.map(({ args }) => (args[0] as { n?: number } | undefined)?.n ?? 0);
  return { epoch: ring!.epoch, seq: Math.max(ring!.seq, ...numbers) };
}

/** Resolves when the relay knows that this member's link is down. */
async function seenAway(by: TestClient, who: TestClient): Promise<void> {
  await by.next<UserList>("user_list", ({ members }) => members.some(({ id, online }) => id === who.id && !online));
}

/** What a client says to come back. */
function claim(client: TestClient, welcome: Welcome): Partial<JoinRequest> {
  return { resume: welcome.resume, ring: position(client, welcome) };
}

test("who comes back gets what it missed, before the answer, in order and nothing twice, and the room does not notice", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  const first = await alice.join("r", { expected: 3, ring: NOTHING });
  const [bob, carol] = [await member("bob", "r"), await member("carol", "r")];
  assert.equal(first.recovered, false);
  for (const number of [1, 2]) await bob.ask("group_message", {}, frame(number));
  await alice.next("group_message");
  await alice.next("group_message");
  await alice.ask("group_message", {}, frame(50));
  alice.drop();
  await seenAway(bob, alice);
  await bob.ask("group_message", {}, frame(3));
  await carol.ask("group_message", {}, frame(4));
  assert.deepEqual(await bob.ask("encrypted_message", { to: alice.id }, fakeFrame(KIND.PING, 80, 5)), { ok: true });
  await carol.ask("encrypted_message", { to: bob.id }, fakeFrame(KIND.PING, 80, 6));
  await carol.ask("announce_pubkey", {}, fakeAnnounce(7));
  await bob.ask("bb84_relay", { to: alice.id }, fakeFrame(KIND.M2, 210, 8));
  await bob.ask("group_message", {}, frame(9));

  const again = await client("alice", alice.id);
  const heardBeforeTheAnswer = again
    .join("r", claim(alice, first))
    .then((welcome) => [welcome, again.heard.length] as const);
  const [welcome, heard] = await heardBeforeTheAnswer;
  assert.deepEqual([welcome.resumed, welcome.recovered], [true, true]);
  assert.ok(heard >= 6, "all of it came before the answer");
  assert.deepEqual(
    again.heard.slice(0, 6).map(({ event }) => event),
    ["group_message", "group_message", "encrypted_message", "pubkeys", "bb84_signal", "group_message"],
  );
  await bob.ask("group_message", {}, frame(10));
  await again.next("group_message", ({ n }: { n?: number }) => n !== undefined && n > welcome.ring!.seq);
  assert.deepEqual([...frames(alice), ...frames(again)], [1, 2, 3, 4, 9, 10].map(frame));
  assert.deepEqual(
    again.all("group_message").map(([header]) => (header as { from: string }).from),
    [bob.id, carol.id, bob.id, bob.id],
  );
  assert.equal(again.all("pubkeys").length, 1, "the keys that were announced before it has already");
  for (const peer of [bob, carol]) {
    assert.ok(peer.all("user_list").every(([list]) => (list as UserList).departed === undefined));
  }
});

test("what was sent to a link that was gone before the relay noticed comes again over the new one", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  const first = await alice.join("r", { ring: NOTHING });
  const bob = await member("bob", "r");
  await bob.ask("group_message", {}, frame(1));
  await alice.next("group_message");
  const claimed = claim(alice, first);
  // To the relay this link is as good as ever; alice has never seen what goes over it from here on.
  await bob.ask("group_message", {}, frame(2));
  await bob.ask("encrypted_message", { to: alice.id }, fakeFrame(KIND.PING, 80));
  const again = await client("alice", alice.id);
  assert.equal((await again.join("r", claimed)).recovered, true);
  assert.deepEqual(frames(again), [frame(2)]);
  assert.equal(again.all("encrypted_message").length, 1);
});

test("a link that is cut again and again in a conversation loses nothing, doubles nothing and keeps the order", async (t) => {
  const { client, member } = await fixture(t);
  const bob = await member("bob", "r");
  let alice = await client("alice");
  let welcome = await alice.join("r", { ring: NOTHING });
  const heard: unknown[] = [];
  let sent = 0;
  for (let cut = 0; cut < 8; cut++) {
    const saying = Array.from({ length: 12 }, () => bob.ask("group_message", {}, frame(++sent)));
    await Promise.all(saying.slice(0, cut)); // at another point of the conversation each time
    alice.drop();
    const claimed = claim(alice, welcome);
    heard.push(...frames(alice));
    alice = await client("alice", alice.id);
    welcome = await alice.join("r", claimed);
    assert.equal(welcome.recovered, true);
    await Promise.all(saying);
  }
  await bob.ask("group_message", {}, frame(++sent));
  while (frames(alice).at(-1) !== frame(sent)) await alice.next("group_message");
  heard.push(...frames(alice));
  assert.deepEqual(
    heard,
    Array.from({ length: sent }, (_, i) => frame(i + 1)),
  );
});

test("who left while a link was down is told when it is back", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  const first = await alice.join("r", { expected: 3, ring: NOTHING });
  const [bob, carol] = [await member("bob", "r"), await member("carol", "r")];
  await alice.ask("group_message", {}, frame(0));
  alice.drop();
  await seenAway(bob, alice);
  await carol.ask("leave", {});
  const again = await client("alice", alice.id);
  await again.join("r", claim(alice, first));
  assert.equal((again.all("user_list")[0][0] as UserList).departed, carol.id);
});

test("an overrun ring says that it is one, and nothing is replayed", async (t) => {
  const cases = [
    { options: { ring: 4 }, bytes: 288, messages: 5 },
    { options: { ringSize: 4 }, bytes: 4096, messages: 1 },
  ];
  for (const { options, bytes, messages } of cases) {
    const { relay, client, member } = await fixture(t, options);
    const alice = await client("alice");
    const first = await alice.join("r", { ring: NOTHING });
    const bob = await member("bob", "r");
    await bob.ask("announce_pubkey", {}, fakeAnnounce());
    await alice.next("pubkeys", ({ entries }: { entries: unknown[] }) => entries.length === 1);
    alice.drop();
    await seenAway(bob, alice);
    for (let i = 0; i < messages; i++) await bob.ask("group_message", {}, fakeFrame(KIND.GROUP, bytes));
    assert.ok(relay.stats.ring.frames <= 4 && relay.stats.ring.bytes <= 4096);
    const again = await client("alice", alice.id);
    const welcome = await again.join("r", claim(alice, first));
    assert.deepEqual([welcome.resumed, welcome.recovered], [true, false]);
    await again.next("pubkeys");
    assert.deepEqual(frames(again), []);
    await bob.ask("group_message", {}, frame(1));
    again.drop();
    const claimed = claim(again, welcome);
    await seenAway(bob, alice);
    await bob.ask("group_message", {}, frame(2));
    const third = await client("alice", alice.id);
    assert.equal((await third.join("r", claimed)).recovered, true, "from the answer on it holds again");
    assert.deepEqual(frames(third).at(-1), frame(2));
  }
});

test("a relay that was started again, and a room that was opened again, recover nothing", async (t) => {
  const first = await startTestRelay({ pages: false });
  const alice = await connect(first.url, "alice");
  const welcome = await alice.join("r", { ring: NOTHING });
  const bob = await connect(first.url, "bob");
  await bob.join("r");
  await bob.ask("group_message", {}, frame(1));
  await alice.next("group_message");
  const claimed = claim(alice, welcome);
  await first.close();
  const { relay, client } = await fixture(t, { port: first.port });
  const again = await client("alice", alice.id);
  const other = await again.join("r", claimed);
  assert.deepEqual([other.resumed, other.recovered], [false, false]);
  assert.notEqual(other.ring!.epoch, claimed.ring!.epoch);
  await again.ask("leave", {});
  assert.equal(relay.stats.rooms, 0);
  const reopened = await again.join("r", { resume: other.resume, ring: other.ring! });
  assert.equal(reopened.recovered, false);
  assert.notEqual(reopened.ring!.epoch, other.ring!.epoch);
  assert.deepEqual(frames(again), []);
});

test("nobody gets what was passed on before it came, whatever it claims to have", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  await alice.join("r", { expected: 3, ring: NOTHING });
  const bob = await member("bob", "r");
  for (const number of [1, 2, 3]) await bob.ask("group_message", {}, frame(number));
  const carol = await client("carol");
  const { ring, resume } = await carol.join("r", { ring: NOTHING });
  assert.ok(ring!.seq >= 3);
  for (const seq of [0, ring!.seq - 1, ring!.seq + 1]) {
    const again = await client("carol", carol.id);
    const welcome = await again.join("r", { resume, ring: { epoch: ring!.epoch, seq } });
    assert.deepEqual([welcome.resumed, welcome.recovered, frames(again)], [true, false, []]);
  }
});

test("a client that does not know of it is told that nothing was recovered, gets no numbers and is written to as before", async (t) => {
  const { relay, client, member } = await fixture(t);
  const alice = await client("alice");
  const { resume, recovered, ring } = await alice.join("r");
  assert.deepEqual([recovered, ring], [false, undefined]);
  const bob = await member("bob", "r");
  await bob.ask("group_message", {}, frame(1));
  assert.equal("n" in (await alice.next("group_message")), false);
  assert.equal(relay.stats.ring.frames, 0, "nobody could ask for it");
  alice.drop();
  await seenAway(bob, alice);
  assert.equal((await bob.ask("encrypted_message", { to: alice.id }, fakeFrame(KIND.PING, 80))).code, "unknown_member");
  const again = await client("alice", alice.id);
  const welcome = await again.join("r", { resume });
  assert.deepEqual([welcome.resumed, welcome.recovered, welcome.ring], [true, false, undefined]);
  await again.next("pubkeys");
});

test("with the ring off it is as if the relay did not know of it", async (t) => {
  const { relay, client, member } = await fixture(t, { ring: 0 });
  const alice = await client("alice");
  const first = await alice.join("r", { ring: NOTHING });
  const bob = await member("bob", "r");
  await bob.ask("group_message", {}, frame(1));
  assert.deepEqual([first.ring, relay.stats.ring.frames], [undefined, 0]);
  const again = await client("alice", alice.id);
  const welcome = await again.join("r", { resume: first.resume, ring: NOTHING });
  assert.deepEqual([welcome.resumed, welcome.recovered], [true, false]);
});

test("a ring goes with its room, and a text that is not encrypted is never in it", async (t) => {
  const { relay, client } = await fixture(t, { allowPlaintext: true });
  const [alice, bob] = [await client("alice"), await client("bob")];
  for (const member of [alice, bob]) await member.join("r", { plaintext: true, ring: NOTHING });
  await alice.ask("plain_message", {}, "in the clear");
  await bob.next("plain_message");
  assert.deepEqual(relay.stats.ring, { frames: 0, bytes: 0 });
  await alice.ask("group_message", {}, frame(1));
  assert.equal(relay.stats.ring.frames, 1);
  for (const member of [alice, bob]) await member.ask("leave", {});
  assert.deepEqual(relay.stats.ring, { frames: 0, bytes: 0 });
});

for (const [what, ring] of [
  ["no object", 7],
  ["a number that is none", { epoch: "x", seq: "1" }],
  ["an epoch without an end", { epoch: "x".repeat(65), seq: 1 }],
  ["a negative number", { epoch: "x", seq: -1 }],
] as const) {
  test(`a position in the ring that is ${what} is refused`, async (t) => {
    const { client } = await fixture(t);
    const alice = await client("alice");
    await assert.rejects(alice.join("r", { ring: ring as unknown as RingPosition }), /bad_request/);
  });
}
