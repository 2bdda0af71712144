import assert from "node:assert/strict";
import { test } from "node:test";
import { bystanders } from "../testing/bystanders.js";
import { fixture } from "../testing/fixture.js";
import { fakeId } from "../testing/frames.js";
import { JOIN, nested, SQL, STRANGER } from "../testing/hostile.js";
import { RawSocket } from "../testing/raw-socket.js";
import { logRows, openBeside } from "../testing/sqlite.js";

const BAD_JOINS: readonly (readonly [what: string, code: string, request: unknown])[] = [
  ["nothing", "bad_request", null],
  ["a list", "bad_request", [JOIN]],
  ["deep nesting", "bad_request", nested(2_500)],
  ["another version", "unsupported_version", { ...JOIN, version: 2 }],
  ["no room", "bad_room", { ...JOIN, room: undefined }],
  ["a room with a slash", "bad_room", { ...JOIN, room: "../r" }],
  ["a room with a line break", "bad_room", { ...JOIN, room: "r\n[USER_JOIN]" }],
  ["a room with a quote", "bad_room", { ...JOIN, room: "r'; DROP TABLE rooms;--" }],
  ["a room of dots", "bad_room", { ...JOIN, room: ".." }],
  ["a room in another script", "bad_room", { ...JOIN, room: "раум" }],
  ["a room name that is too long", "bad_room", { ...JOIN, room: "r".repeat(65) }],
  ["a room that is a list", "bad_room", { ...JOIN, room: ["r"] }],
  ["a username that forges a log line", "bad_username", { ...JOIN, username: "x\n[KEY_DESTROYED] user=alice" }],
  ["a username with a space", "bad_username", { ...JOIN, username: "a user=b" }],
  ["a username with a bidi mark", "bad_username", { ...JOIN, username: "a\u202eb" }],
  ["a username with a zero-width mark", "bad_username", { ...JOIN, username: "ali\u200bce" }],
  ["a username with a control character", "bad_username", { ...JOIN, username: "a\u0007b" }],
  ["a username that is too long", "bad_username", { ...JOIN, username: "a".repeat(300_000) }],
  ["a username that is an object", "bad_username", { ...JOIN, username: { toString: "x" } }],
  ["a username that is turned around", "bad_username", { ...JOIN, username: "\u2067bob\u2069" }],
  ["a username with a line separator", "bad_username", { ...JOIN, username: "a\u2028b" }],
  ["a username with half a character", "bad_username", { ...JOIN, username: "a\ud800" }],
  ["a username of nothing", "bad_username", { ...JOIN, username: "" }],
  ["a username with an end of text", "bad_username", { ...JOIN, username: "alice\u0000" }],
  ["a username with markup", "bad_username", { ...JOIN, username: "<img src=x>" }],
  ...SQL.map((text) => [`a room of SQL: ${text}`, "bad_room", { ...JOIN, room: text }] as const),
  ...SQL.map((text) => [`a username of SQL: ${text}`, "bad_username", { ...JOIN, username: text }] as const),
  ["an id that is too short", "bad_id", { ...JOIN, id: "abc" }],
  ["an id with spare bits", "bad_id", { ...JOIN, id: `${STRANGER.slice(0, -1)}B` }],
  ["a room for one", "bad_expected", { ...JOIN, expected: 1 }],
  ["a room for too many", "bad_expected", { ...JOIN, expected: 65 }],
  ["a capacity in text", "bad_expected", { ...JOIN, expected: "2" }],
  ["a resume token that is an object", "bad_request", { ...JOIN, resume: { length: 0 } }],
  ["fields from a prototype", "unsupported_version", JSON.parse(`{"__proto__":${JSON.stringify(JOIN)}}`)],
  ["an id that is in the room", "id_taken", { ...JOIN, room: "full", id: fakeId(5_000_001) }],
  [
    "an id that is in the room, with a guess",
    "id_taken",
    { ...JOIN, room: "full", id: fakeId(5_000_001), resume: "x".repeat(32) },
  ],
  ["a full room", "room_full", { ...JOIN, room: "full" }],
  ["a username that is taken", "name_taken", { ...JOIN, room: "open", username: "alice" }],
  ["a username that is taken in capitals", "name_taken", { ...JOIN, room: "open", username: "ALICE" }],
  ["a username that is taken in wide letters", "name_taken", { ...JOIN, room: "open", username: "ａｌｉｃｅ" }],
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
      await undisturbed();
    });
  }
  assert.equal((await (await client("m")).ask("join", JOIN)).code, "room_limit");
  assert.deepEqual([alice.heard.length, bob.heard.length, other.heard.length], before);
  assert.deepEqual([relay.stats.rooms, relay.stats.members], [3, 5]);
  while (relay.stats.audit.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  for (const { message } of logRows(await openBeside(t, relay.db))) {
    assert.match(message, /^\[[A-Z_]+\]( [a-z_]+=[A-Za-z0-9().-]+)+$/);
  }
});

test("a join that arrives together with the end of its link leaves no seat behind", async (t) => {
  const { relay } = await fixture(t);
  const socket = await RawSocket.connected(relay);
  socket.send("41");
  socket.send(`42["join",${JSON.stringify({ ...JOIN, room: "ghost" })}]`);
  await socket.closed;
  assert.equal(relay.stats.members, 0);
});

test("a resume token takes its seat back once, for its own id and room; what was replaced is out", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  const alice = await all.client("alice");
  const { resume } = await alice.join("r");
  const as = async (name: string, extra: object): Promise<unknown> => {
    const socket = await all.client(name);
    return (await socket.ask("join", { ...JOIN, id: alice.id, username: "alice", ...extra })).code;
  };
  assert.equal(await as("thief", { resume: `${resume.slice(0, -1)}${resume.endsWith("A") ? "B" : "A"}` }), "id_taken");
  assert.equal(await as("thief", { resume: "" }), "id_taken");
  const other = await all.client("mallory");
  await other.join("r");
  assert.equal((await other.ask("join", { ...JOIN, id: alice.id, resume })).code, "already_joined");
  await alice.ask("leave", {});
  const late = await all.client("late");
  const answer = await late.ask("join", { ...JOIN, id: alice.id, username: "alice", resume });
  assert.deepEqual(
    [answer.ok, answer.resumed],
    [true, false],
    "the token of a seat that was given up is worth nothing",
  );
  assert.notEqual(answer.resume, resume);
  await undisturbed();
});

test("of fifty who want to join a room for eight at once, eight are in and the rest are told that it is full", async (t) => {
  const all = await fixture(t);
  const { undisturbed } = await bystanders(all);
  const crowd = await Promise.all(Array.from({ length: 50 }, (_, i) => all.client(`guest${i}`)));
  const answers = await Promise.all(
    crowd.map((guest) =>
      guest.ask("join", { ...JOIN, room: "crowd", id: guest.id, username: guest.username, expected: 8 }),
    ),
  );
  assert.equal(answers.filter(({ ok }) => ok).length, 8);
  assert.ok(answers.every(({ ok, code }) => ok || code === "room_full"));
  assert.equal(all.relay.stats.refused.room_full, 42);
  await undisturbed();
});
