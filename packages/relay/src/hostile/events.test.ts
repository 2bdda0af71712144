import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, type Refusal, type UserList } from "@qsec2/sdk/wire";
import { bystanders } from "../testing/bystanders.js";
import type { TestClient } from "../testing/client.js";
import { fixture } from "../testing/fixture.js";
import { fakeAnnounce, fakeFrame } from "../testing/frames.js";
import { GROUP as group, M1 as m1, nested, SQL, STRANGER as stranger } from "../testing/hostile.js";

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
  ["the end of another socket", "unknown_event", "disconnecting ", () => [{}]],
  ["a header that says who sends it, and no frame", "bad_request", "group_message", (peer) => [{ from: peer.id }]],
  ["numbers beyond all numbers", "bad_request", "bb84_meta", (peer) => [{ to: peer.id, matched: 1e308 }]],
  ["bytes of an application without a type", "bad_request", "relay", () => [{}, group]],
  ["a type with a space", "bad_request", "relay", () => [{ type: "two words" }, group]],
  ["a type that forges a line", "bad_request", "relay", () => [{ type: "x\n[USER_JOIN] room=r" }, group]],
  ["a type that ends its packet early", "bad_request", "relay", () => [{ type: 'x"},"' }, group]],
  ["a type as long as a book", "bad_request", "relay", () => [{ type: "t".repeat(100_000) }, group]],
  ["a type that is a list of lists", "bad_request", "relay", () => [{ type: nested(2_500) }, group]],
  [
    "a type that is inherited",
    "bad_request",
    "relay",
    () => [JSON.parse('{"__proto__":{"type":"x"}}') as unknown, group],
  ],
  ["plain text in place of sealed bytes", "frame_malformed", "relay", () => [{ type: "x" }, "hello"]],
  ["raw bytes in place of sealed bytes", "frame_malformed", "relay", () => [{ type: "x" }, Buffer.from("hello")]],
  ["an object in place of sealed bytes", "frame_malformed", "relay", () => [{ type: "x" }, { text: "hello" }]],
  ["base64url that is no sealed frame", "frame_malformed", "relay", () => [{ type: "x" }, "aGVsbG8gdGhlcmU"]],
  ["a handshake as bytes of an application", "frame_malformed", "relay", () => [{ type: "x" }, m1]],
  ["sealed bytes that are too large", "frame_too_large", "relay", () => [{ type: "x" }, fakeFrame(KIND.GROUP, 65_569)]],
  ["less than nothing", "bad_request", "bb84_session", (peer) => [{ to: peer.id, code: 0, qber_ppm: -1 }]],
  ["half of a bit", "bad_request", "bb84_meta", (peer) => [{ to: peer.id, matched: 0.5 }]],
  ["a frame with a line break", "frame_malformed", "group_message", () => [{}, `${group.slice(0, -4)}\nAAA`]],
  [
    "a frame that ends its packet early",
    "frame_malformed",
    "group_message",
    () => [{}, `${group.slice(0, -8)}"],["x"`],
  ],
  ["a file part for another room", "bad_request", "blob_have", () => [{ room: "quiet", blob: "../../quiet" }]],
  ...SQL.map((text) => [`SQL as a member: ${text}`, "bad_id", "bb84_relay", () => [{ to: text }, m1]] as const),
  ...SQL.map((text) => [`SQL as a file: ${text}`, "bad_request", "blob_have", () => [{ blob: text }]] as const),
  ...SQL.map(
    (text) => [`SQL as a log position: ${text}`, "bad_request", "fetch_room_logs", () => [{ since: text }]] as const,
  ),
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
      await undisturbed();
    });
  }
  assert.deepEqual([mallory.heard.length, peer.heard.length], before);
  assert.equal((await mallory.ask("group_message", {}, group)).seq, 1, "no refused frame has used a number");
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
    ["relay", { type: "x" }, group],
    ["roomkey_share", { to: stranger }, fakeFrame(KIND.SHARE, 300)],
    ["fetch_room_logs", {}],
    ["msg_decrypted", { iv: 12 }],
    ["encrypted_message", { to: stranger }, fakeFrame(KIND.PING, 300)],
    ["bb84_meta", { to: stranger, matched: 1 }],
  ] as const) {
    assert.equal((await mallory.ask(event, ...args)).code, "not_joined", event);
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
  assert.deepEqual(await mallory.ask("relay", { room: "r", to: alice.id, type: "x" }, group), { ok: true });
  await alice.ask("msg_decrypted", { iv: 12 });
  assert.equal(alice.heard.length, before);
});

/** What the header of an event has beside the sender. */
const MORE: Readonly<Record<string, object>> = { group_message: { seq: 1 }, relay: { type: "x" } };

test("of what a member sends on, nobody gets more than who it is from and a frame", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  const mallory = await all.member("mallory", "r");
  const peer = await all.member("peer", "r");
  await mallory.caughtUp();
  await peer.caughtUp();
  const extra = {
    from: peer.id,
    sender: "peer",
    room: "quiet",
    seq: 7,
    more: nested(2_500),
    ["__proto__"]: { admin: 1 },
  };
  for (const [event, comes, header, frame] of [
    ["group_message", "group_message", extra, group],
    ["relay", "relay", { ...extra, type: "x" }, group],
    ["bb84_relay", "bb84_signal", { ...extra, to: peer.id }, m1],
    ["roomkey_share", "roomkey_share", { ...extra, to: peer.id }, fakeFrame(KIND.SHARE, 300)],
    ["encrypted_message", "encrypted_message", { ...extra, to: peer.id }, fakeFrame(KIND.DIRECT, 300)],
    ["announce_pubkey", "pubkeys", { ...extra, to: peer.id }, fakeAnnounce()],
  ] as const) {
    await t.test(`extra fields and another sender on ${event}: gone`, async () => {
      assert.equal((await mallory.ask(event, header, frame)).ok, true);
      await peer.next(comes);
      const [said, ...rest] = peer.all(comes).at(-1)!;
      const expected =
        comes === "pubkeys"
          ? [{ entries: [{ from: mallory.id, frame }] }]
          : [{ from: mallory.id, ...MORE[comes] }, frame];
      assert.deepEqual([said, ...rest], expected);
      await undisturbed();
    });
  }
});
