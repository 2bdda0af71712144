import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, type Refusal, type UserList } from "@qsec2/sdk/wire";
import type { TestClient } from "./testing/client.js";
import { fixture, type Fixture } from "./testing/fixture.js";
import { fakeAnnounce, fakeFrame, fakeId } from "./testing/frames.js";
import { RawSocket } from "./testing/raw-socket.js";
import { logRows, openBeside } from "./testing/sqlite.js";

/** A room of two innocents who chat while others misbehave. */
async function bystanders({ member }: Fixture): Promise<{ undisturbed: () => Promise<void> }> {
  const ann = await member("ann", "quiet");
  const ben = await member("ben", "quiet");
  await ann.caughtUp();
  await ben.caughtUp();
  await ann.next<UserList>("user_list", ({ members }) => members.length === 2);
  const before = [ann.heard.length, ben.heard.length];
  const undisturbed = async (): Promise<void> => {
    assert.deepEqual([ann.heard.length, ben.heard.length], before, "the other room has heard something");
    assert.deepEqual(await ann.ask("group_message", {}, fakeFrame(KIND.GROUP, 288)), { ok: true, seq: 1 });
    assert.equal((await ben.next("group_message")).from, ann.id);
  };
  return { undisturbed };
}

const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const group = fakeFrame(KIND.GROUP, 288);
const m1 = fakeFrame(KIND.M1, 1406);
const stranger = fakeId(4_000_000);

/** What a member of a room may try, and the code of the answer. `peer` is the other member. */
const BAD_EVENTS: readonly (readonly [
  what: string,
  code: string,
  event: string,
  args: (peer: TestClient) => unknown[],
])[] = [
  ["an event that does not exist", "unknown_event", "shutdown", () => [{}]],
  ["an event named like a part of JavaScript", "unknown_event", "__proto__", () => [{}]],
  ["an event named like a method of maps", "unknown_event", "constructor", () => [{}]],
  ["an event that emitters treat as a failure", "unknown_event", "error", () => [{ message: "x" }]],
  ["an event with a name as long as a book", "unknown_event", "e".repeat(100_000), () => [{}]],
  ["a plain message", "plaintext_disabled", "plain_message", () => [{}, "hello"]],
  ["a file part of no blob", "bad_request", "blob_put", () => [{}, Buffer.alloc(9)]],
  ["the history of a relay that keeps none", "history_disabled", "fetch_history", () => [{}]],
  ["a message to keep on such a relay", "history_disabled", "store_encrypted", () => [{}, fakeFrame(KIND.GROUP, 288)]],
  [
    "a second join",
    "already_joined",
    "join",
    () => [{ version: 1, room: "r", username: "x", id: stranger, expected: 2 }],
  ],
  ["no header", "bad_request", "group_message", () => []],
  ["no frame", "bad_request", "group_message", () => [{}]],
  ["more than a frame", "bad_request", "group_message", () => [{}, group, group]],
  ["an acknowledgement that is no function", "bad_request", "leave", () => [{}, "ack"]],
  ["a header that is a list", "bad_request", "bb84_relay", () => [[], m1]],
  ["a header that is nothing", "bad_request", "bb84_relay", () => [null, m1]],
  ["a header that is deeply nested", "bad_request", "bb84_relay", () => [nested(2_500), m1]],
  ["a frame for nobody", "bad_id", "bb84_relay", () => [{}, m1]],
  ["a frame for a list of people", "bad_id", "bb84_relay", (peer) => [{ to: [peer.id] }, m1]],
  [
    "a frame for an inherited name",
    "bad_id",
    "bb84_relay",
    (peer) => [JSON.parse(`{"__proto__":{"to":"${peer.id}"}}`) as object, m1],
  ],
  ["a frame for a stranger", "unknown_member", "bb84_relay", () => [{ to: stranger }, m1]],
  [
    "a room key for a stranger",
    "unknown_member",
    "roomkey_share",
    () => [{ to: stranger }, fakeFrame(KIND.SHARE, 300)],
  ],
  [
    "a private message to a stranger",
    "unknown_member",
    "encrypted_message",
    () => [{ to: stranger }, fakeFrame(KIND.DIRECT, 300)],
  ],
  ["a public key for a stranger", "unknown_member", "announce_pubkey", () => [{ to: stranger }, fakeAnnounce()]],
  ["a claim about a stranger", "unknown_member", "bb84_meta", () => [{ to: stranger, matched: 1 }]],
  ["a frame that is no text", "frame_malformed", "group_message", () => [{}, nested(2_500)]],
  ["a frame of raw bytes", "frame_malformed", "group_message", () => [{}, Buffer.from(group, "base64url")]],
  ["a frame that is no base64url", "frame_malformed", "group_message", () => [{}, `${group.slice(0, -2)}=="`]],
  ["an empty frame", "frame_malformed", "group_message", () => [{}, ""]],
  ["a frame of another event", "frame_malformed", "group_message", () => [{}, m1]],
  [
    "a share as a private message",
    "frame_malformed",
    "encrypted_message",
    (peer) => [{ to: peer.id }, fakeFrame(KIND.SHARE, 300)],
  ],
  ["a group frame that is too large", "frame_too_large", "group_message", () => [{}, fakeFrame(KIND.GROUP, 65_569)]],
  [
    "a BB84 frame that is too large",
    "frame_too_large",
    "bb84_relay",
    (peer) => [{ to: peer.id }, fakeFrame(KIND.M1, 32_769)],
  ],
  ["a huge string", "frame_too_large", "group_message", () => [{}, "A".repeat(400_000)]],
  ["a public key of the wrong size", "frame_malformed", "announce_pubkey", () => [{}, fakeFrame(1, 1281)]],
  ["text in a claim", "bad_request", "bb84_meta", (peer) => [{ to: peer.id, matched: "64\n[X]" }]],
  ["a claim out of range", "bad_request", "bb84_session", (peer) => [{ to: peer.id, code: 20, qber_ppm: 0 }]],
  ["a key in place of a commitment", "bad_id", "roomkey_generated", () => [{ size: 32, kc: "k".repeat(44) }]],
  ["a log position that is none", "bad_request", "fetch_room_logs", () => [{ since: -1 }]],
];

test("whatever a member sends gets its stable code, and neither its own room nor another is disturbed", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  const mallory = await all.member("mallory", "r", 3);
  const peer = await all.member("peer", "r");
  await mallory.next<UserList>("user_list", ({ members }) => members.length === 2);
  await peer.caughtUp();
  const before = [mallory.heard.length, peer.heard.length];
  for (const [what, code, event, args] of BAD_EVENTS) {
    await t.test(`${what}: ${code}`, async () => {
      const answer = await mallory.ask(event, ...args(peer));
      assert.deepEqual({ ...answer, message: "" }, { ok: false, code, message: "" });
      assert.match(String(answer.message), /^[^\n]{10,200}\.$/);
    });
  }
  assert.deepEqual([mallory.heard.length, peer.heard.length], before);
  assert.equal((await mallory.ask("group_message", {}, group)).seq, 1, "no refused frame has used a number");
  await undisturbed();
});

test("without an acknowledgement a refusal comes as relay_error, with no more of the message than a short name", async (t) => {
  const { client } = await fixture(t);
  const mallory = await client("mallory");
  mallory.socket.emit("group_message", {}, group);
  const { message, ...refusal } = await mallory.next<Refusal & { event: string }>("relay_error");
  assert.deepEqual(refusal, { ok: false, code: "not_joined", event: "group_message" });
  assert.equal(message, "Join a room first.");
  mallory.socket.emit("x".repeat(5_000), nested(100));
  assert.equal((await mallory.next("relay_error")).event, "x".repeat(40));
});

test("before a join every event is not_joined", async (t) => {
  const { client } = await fixture(t);
  const mallory = await client("mallory");
  for (const [event, ...args] of [
    ["leave", {}],
    ["announce_pubkey", {}, fakeAnnounce()],
    ["bb84_relay", { to: stranger }, m1],
    ["group_message", {}, group],
    ["roomkey_share", { to: stranger }, fakeFrame(KIND.SHARE, 300)],
    ["fetch_room_logs", {}],
    ["msg_decrypted", { iv: 12 }],
    ["encrypted_message", { to: stranger }, fakeFrame(KIND.PING, 300)],
    ["bb84_meta", { to: stranger, matched: 1 }],
  ] as const) {
    assert.equal((await mallory.ask(event, ...args)).code, "not_joined", event);
  }
});

const request = { version: 1, room: "r", username: "mallory", id: stranger, expected: 2 };

const BAD_JOINS: readonly (readonly [what: string, code: string, request: unknown])[] = [
  ["nothing", "bad_request", null],
  ["a list", "bad_request", [request]],
  ["deep nesting", "bad_request", nested(2_500)],
  ["another version", "unsupported_version", { ...request, version: 2 }],
  ["no room", "bad_room", { ...request, room: undefined }],
  ["a room with a slash", "bad_room", { ...request, room: "../r" }],
  ["a room with a line break", "bad_room", { ...request, room: "r\n[USER_JOIN]" }],
  ["a room with a quote", "bad_room", { ...request, room: "r'; DROP TABLE rooms;--" }],
  ["a room of dots", "bad_room", { ...request, room: ".." }],
  ["a room in another script", "bad_room", { ...request, room: "раум" }],
  ["a room name that is too long", "bad_room", { ...request, room: "r".repeat(65) }],
  ["a room that is a list", "bad_room", { ...request, room: ["r"] }],
  ["a username that forges a log line", "bad_username", { ...request, username: "x\n[KEY_DESTROYED] user=alice" }],
  ["a username with a space", "bad_username", { ...request, username: "a user=b" }],
  ["a username with a bidi mark", "bad_username", { ...request, username: "a\u202eb" }],
  ["a username with a zero-width mark", "bad_username", { ...request, username: "ali\u200bce" }],
  ["a username with a control character", "bad_username", { ...request, username: "a\u0007b" }],
  ["a username that is too long", "bad_username", { ...request, username: "a".repeat(300_000) }],
  ["a username that is an object", "bad_username", { ...request, username: { toString: "x" } }],
  ["an id that is too short", "bad_id", { ...request, id: "abc" }],
  ["an id with spare bits", "bad_id", { ...request, id: `${stranger.slice(0, -1)}B` }],
  ["a room for one", "bad_expected", { ...request, expected: 1 }],
  ["a room for too many", "bad_expected", { ...request, expected: 65 }],
  ["a capacity in text", "bad_expected", { ...request, expected: "2" }],
  ["a resume token that is an object", "bad_request", { ...request, resume: { length: 0 } }],
  ["fields from a prototype", "unsupported_version", JSON.parse(`{"__proto__":${JSON.stringify(request)}}`)],
  ["an id that is in the room", "id_taken", { ...request, room: "full", id: fakeId(5_000_001) }],
  [
    "an id that is in the room, with a guess",
    "id_taken",
    { ...request, room: "full", id: fakeId(5_000_001), resume: "x".repeat(32) },
  ],
  ["a full room", "room_full", { ...request, room: "full" }],
  ["a username that is taken", "name_taken", { ...request, room: "open", username: "alice" }],
  ["a username that is taken in capitals", "name_taken", { ...request, room: "open", username: "ALICE" }],
  ["a username that is taken in wide letters", "name_taken", { ...request, room: "open", username: "ａｌｉｃｅ" }],
];

test("whatever a stranger asks to join with gets its stable code, and nobody notices", async (t) => {
  const all = await fixture(t, { maxRooms: 3 });
  const { relay, client } = all;
  const { undisturbed } = await bystanders(all);
  const [alice, bob, other] = [await client("alice", fakeId(5_000_001)), await client("bob"), await client("alice")];
  await alice.join("full");
  await bob.join("full");
  await other.join("open", { expected: 3 });
  await alice.caughtUp();
  await bob.caughtUp();
  await other.caughtUp();
  const before = [alice.heard.length, bob.heard.length, other.heard.length];
  // 20 joins a minute: more than one socket is needed.
  for (const [i, [what, code, join]] of BAD_JOINS.entries()) {
    await t.test(`${what}: ${code}`, async () => {
      const mallory = await client(`mallory${i}`);
      assert.equal((await mallory.ask("join", join)).code, code);
      mallory.close();
    });
  }
  assert.equal((await (await client("m")).ask("join", request)).code, "room_limit");
  assert.deepEqual([alice.heard.length, bob.heard.length, other.heard.length], before);
  assert.deepEqual([relay.stats.rooms, relay.stats.members], [3, 5]);
  await undisturbed();
  while (relay.stats.audit.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const { message } of logRows(await openBeside(t, relay.db))) {
    assert.match(message, /^\[[A-Z_]+\]( [a-z_]+=[A-Za-z0-9().-]+)+$/);
  }
});

test("one room cannot be spoken to from another, even by someone who knows an id in it", async (t) => {
  const { member } = await fixture(t);
  const alice = await member("alice", "r");
  const mallory = await member("mallory", "other");
  await alice.caughtUp();
  const before = alice.heard.length;
  for (const header of [{ to: alice.id }, { to: alice.id, room: "r" }, { to: alice.id, from: alice.id }]) {
    assert.equal((await mallory.ask("bb84_relay", header, m1)).code, "unknown_member");
  }
  assert.deepEqual(await mallory.ask("group_message", { room: "r" }, group), { ok: true, seq: 1 });
  await alice.ask("msg_decrypted", { iv: 12 });
  assert.equal(alice.heard.length, before);
});

test("packets that no Socket.IO client would send end at most their own link", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  const [stay, cut] = [true, false];
  for (const [what, packets, outcome] of [
    ["a numeric event", ["42[7]"], stay],
    ["an acknowledgement of nothing", ["4399[]"], stay],
    ["another namespace", ["40/admin,"], cut],
    ["a reserved event", ['42["disconnect","x"]'], cut],
    ["no event at all", ["42[]"], cut],
    ["no JSON", ["42[[[["], cut],
    ["an object as packet", ['42{"a":1}'], cut],
    ["deep nesting with an attachment", [`451-["x",${"[".repeat(5_000)}${"]".repeat(5_000)}]`, Buffer.alloc(4)], stay],
    [
      "two attachments",
      ['452-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]', Buffer.alloc(4), Buffer.alloc(4)],
      cut,
    ],
    ["text where an attachment was announced", ['451-["x"]', '42["y"]'], cut],
    ["a packet that is too large", [`42["${"x".repeat(600_000)}"]`], cut],
  ] as const) {
    await t.test(what, async () => {
      const socket = await RawSocket.connected(all.relay);
      for (const packet of packets) socket.send(packet);
      if (outcome === cut) {
        await socket.closed;
      } else {
        socket.send('421["group_message",{},"x"]');
        await socket.until("431");
        socket.close();
      }
    });
  }
  await undisturbed();
});

test("a join that arrives together with the end of its link leaves no seat behind", async (t) => {
  const { relay } = await fixture(t);
  const socket = await RawSocket.connected(relay);
  socket.send("41");
  socket.send(`42["join",${JSON.stringify({ ...request, room: "ghost" })}]`);
  await socket.closed;
  assert.equal(relay.stats.members, 0);
});
