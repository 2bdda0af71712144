import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { KIND, type PublicKeyEntry, type RoomLogs, type UserList } from "@qsec2/sdk/wire";
import { verifyChain } from "./audit/chain.js";
import { createRelay } from "./relay.js";
import { connect, type TestClient } from "./testing/client.js";
import { fixture } from "./testing/fixture.js";
import { fakeAnnounce, fakeFrame, fakeId } from "./testing/frames.js";
import { logRows, openBeside } from "./testing/sqlite.js";

/** The lines of the sender's room, as the relay tells them to a member. */
async function lines(member: TestClient): Promise<string[]> {
  const before = member.all("room_logs").length;
  assert.deepEqual(await member.ask("fetch_room_logs", {}), { ok: true });
  const [logs] = member.all("room_logs")[before] as [RoomLogs];
  return logs.entries.map(({ message }) => message);
}

test("a joiner is answered first, then everyone gets the list, then the joiner gets the keys, and the log once it is read", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await member("alice", "r");
  await alice.ask("announce_pubkey", {}, fakeAnnounce());
  const bob = await client("bob");
  let answered = -1;
  bob.socket.emit(
    "join",
    { version: 1, room: "r", username: "bob", id: bob.id, expected: 2 },
    () => (answered = bob.heard.length),
  );
  await bob.next("room_logs");
  await bob.next("pubkeys");
  assert.equal(answered, 0, "nothing came before the answer");
  const heard = bob.heard.map(({ event }) => event);
  assert.deepEqual([heard[0], heard.slice(1).sort()], ["user_list", ["pubkeys", "room_logs"]]);
  assert.deepEqual(bob.all("pubkeys"), [[{ entries: [{ from: alice.id, frame: fakeAnnounce() }] }]]);
  const list: UserList = {
    members: [
      { id: alice.id, username: "alice", online: true },
      { id: bob.id, username: "bob", online: true },
    ],
    leader: alice.id,
    expected: 2,
  };
  assert.deepEqual(bob.all("user_list"), [[list]]);
  assert.deepEqual(await alice.next<UserList>("user_list", ({ members }) => members.length === 2), list);
});

test("the welcome says who is there, who leads, and how to come back", async (t) => {
  const { client } = await fixture(t);
  const alice = await client("alice");
  const { resume, ...welcome } = await alice.join("testroom", { expected: 3 });
  assert.match(resume, /^[\w-]{32}$/);
  assert.deepEqual(welcome, {
    ok: true,
    members: [{ id: alice.id, username: "alice", online: true }],
    leader: alice.id,
    expected: 3,
    room: "testroom",
    resumed: false,
    recovered: false,
  });
});

test("a whole conversation leaves exactly the documented lines, for the members and in the database", async (t) => {
  const { relay, member } = await fixture(t);
  const alice = await member("alice", "testroom");
  const bob = await member("bob", "testroom");
  const kc = fakeId(77);
  const ok = async (who: TestClient, event: string, ...args: unknown[]): Promise<void> =>
    assert.deepEqual(await who.ask(event, ...args), { ok: true });
  await ok(bob, "announce_pubkey", {}, fakeAnnounce());
  await ok(alice, "bb84_relay", { to: bob.id }, fakeFrame(KIND.M1, 1374 + 128 / 4));
  await ok(bob, "bb84_relay", { to: alice.id }, fakeFrame(KIND.M2, 210));
  await ok(alice, "bb84_relay", { to: bob.id }, fakeFrame(KIND.M3, 66));
  await ok(alice, "bb84_meta", { to: bob.id, matched: 64 });
  await ok(bob, "bb84_relay", { to: alice.id }, fakeFrame(KIND.M4, 49));
  await ok(alice, "bb84_session", { to: bob.id, code: 0, qber_ppm: 12_500 });
  await ok(bob, "bb84_session", { to: alice.id, code: 7, qber_ppm: 251_234 });
  await ok(alice, "roomkey_generated", { size: 32, kc });
  await ok(alice, "roomkey_share", { to: bob.id }, fakeFrame(KIND.SHARE, 500));
  await ok(bob, "encrypted_message", { to: alice.id }, fakeFrame(KIND.ACK, 300));
  await ok(bob, "roomkey_decrypted", { size: 32 });
  assert.deepEqual(await alice.ask("group_message", {}, fakeFrame(KIND.GROUP, 288)), { ok: true, seq: 1 });
  await ok(bob, "msg_decrypted", { iv: 12 });
  await ok(bob, "encrypted_message", { to: alice.id }, fakeFrame(KIND.DIRECT, 300));
  await ok(alice, "leave", {});
  const expected = [
    "[ROOM_CREATED] room=testroom leader=alice expected=2",
    "[USER_JOIN] room=testroom user=alice",
    "[USER_JOIN] room=testroom user=bob",
    "[ROOM_READY] room=testroom members=2",
    "[PUBKEY_ANNOUNCED] user=bob",
    "[BB84_INIT] from=alice to=bob length=128",
    "[BB84_SIFTING_COMPLETE] matched_bits=64",
    "[BB84_SESSION_KEY] user=alice peer=bob qber=1.25%",
    "[BB84_ABORTED] user=bob peer=alice code=QBER qber=25.1234%",
    "[ROOMKEY_GENERATED] by=alice size=32bytes",
    "[ROOMKEY_ENCRYPTED] to=bob method=AES-GCM(session_hash)",
    "[ROOMKEY_DECRYPTED] user=bob",
    "[MSG_ENCRYPTED] user=alice iv_len=12",
    "[MSG_RELAYED] room=testroom sender=alice",
    "[MSG_DECRYPTED] user=bob",
    "[MSG_RELAYED] room=testroom sender=bob",
    "[USER_LEAVE] room=testroom user=alice",
    "[KEY_DESTROYED] user=alice",
    "[LEADER_CHANGED] room=testroom leader=bob",
  ];
  assert.deepEqual(await lines(bob), expected);
  await ok(bob, "leave", {});

  const beside = await openBeside(t, relay.db);
  await t.test("the database has them too, chained, and no key but the commitment", async () => {
    const last = ["[USER_LEAVE] room=testroom user=bob", "[KEY_DESTROYED] user=bob", "[ROOM_TERMINATED] room=testroom"];
    while (relay.stats.audit.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const rows = logRows(beside);
    assert.deepEqual(
      rows.map(({ message }) => message),
      [...expected, ...last],
    );
    assert.deepEqual(verifyChain(rows), { rows: rows.length, last: rows.at(-1) });
    const [room] = beside.prepare("SELECT room_id, hex(key) AS key, expected FROM rooms").all();
    assert.deepEqual(room, {
      room_id: "testroom",
      key: Buffer.from(kc, "base64url").toString("hex").toUpperCase(),
      expected: 2,
    });
    assert.deepEqual(beside.prepare("SELECT * FROM room_users").all(), []);
  });
  assert.deepEqual([relay.stats.rooms, relay.stats.members], [0, 0]);
});

test("frames arrive as the very text that was sent, from whom the relay knows them to be", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r", 3);
  const bob = await member("bob", "r");
  const carol = await member("carol", "r");
  const forged = { to: bob.id, from: carol.id, seq: 99, extra: { deep: [1] } };
  const cases = [
    ["bb84_relay", "bb84_signal", KIND.M1, 1406],
    ["roomkey_share", "roomkey_share", KIND.SHARE, 262_144],
    ["encrypted_message", "encrypted_message", KIND.PING, 300],
  ] as const;
  for (const [event, heard, kind, bytes] of cases) {
    const frame = fakeFrame(kind, bytes);
    assert.deepEqual(await alice.ask(event, forged, frame), { ok: true });
    await bob.next(heard);
    assert.deepEqual(bob.all(heard), [[{ from: alice.id }, frame]]);
  }
  const frame = fakeFrame(KIND.GROUP, 65_568);
  await alice.ask("group_message", forged, frame);
  await alice.ask("group_message", {}, frame);
  for (const peer of [bob, carol]) {
    await peer.next("group_message", ({ seq }) => seq === 2);
    assert.deepEqual(peer.all("group_message"), [
      [{ from: alice.id, seq: 1 }, frame],
      [{ from: alice.id, seq: 2 }, frame],
    ]);
  }
  assert.deepEqual(alice.all("group_message"), []);
  assert.deepEqual(carol.all("bb84_signal"), []);
});

test("an announce to one member reaches that one alone and is not kept; one to all is kept for those who come", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r", 4);
  const bob = await member("bob", "r");
  const carol = await member("carol", "r");
  const entries = (from: string, fill: number): readonly PublicKeyEntry[] => [{ from, frame: fakeAnnounce(fill) }];
  await alice.ask("announce_pubkey", {}, fakeAnnounce(1));
  await alice.ask("announce_pubkey", { to: bob.id }, fakeAnnounce(2));
  await alice.ask("announce_pubkey", {}, fakeAnnounce(3));
  await carol.next("pubkeys", (keys) => JSON.stringify(keys).includes(fakeAnnounce(3)));
  const heard = (client: TestClient): unknown[] =>
    client.all("pubkeys").map(([keys]) => (keys as { entries: unknown }).entries);
  assert.deepEqual(heard(bob), [[], entries(alice.id, 1), entries(alice.id, 2), entries(alice.id, 3)]);
  assert.deepEqual(heard(carol), [[], entries(alice.id, 1), entries(alice.id, 3)]);
  const dave = await member("dave", "r");
  await dave.next("pubkeys");
  assert.deepEqual(heard(dave), [entries(alice.id, 3)]);
});

test("a newcomer sees the newest fifty lines of this room, and can ask for those after an id", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r");
  for (let i = 0; i < 60; i++) alice.socket.emit("msg_decrypted", { iv: 12 });
  await alice.ask("msg_decrypted", { iv: 12 });
  const bob = await member("bob", "r");
  const { entries } = await bob.next<RoomLogs>("room_logs");
  assert.equal(entries.length, 50);
  assert.equal(entries.at(-1)!.message, "[ROOM_READY] room=r members=2");
  await bob.ask("fetch_room_logs", { since: entries.at(-2)!.id });
  const { entries: later } = await bob.next<RoomLogs>("room_logs");
  assert.deepEqual(later, entries.slice(-1));
});

test("a relay ties to a server of someone else's, and leaves it standing when it closes", async (t) => {
  const server = createServer((_, response) => response.end("mine"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const relay = await createRelay(server, { db: false, logLevel: "silent" });
  const alice = await connect(url, "alice");
  await alice.join("r");
  assert.deepEqual([relay.stats.rooms, relay.stats.members, relay.stats.sockets], [1, 1, 1]);
  const ended = alice.ended();
  await Promise.all([relay.close(), relay.close()]);
  await ended;
  assert.equal(await (await fetch(url)).text(), "mine");
  await assert.rejects(connect(url, "bob"));
});
