import assert from "node:assert/strict";
import { test } from "node:test";
import type { RoomLogs } from "@qsec2/sdk/wire";
import { fixture } from "./testing/fixture.js";

const OPTED_IN = { expected: 3, plaintext: true };

test("a plain message passes where the operator and every client allow it, and only its passing is written down", async (t) => {
  const { client } = await fixture(t, { allowPlaintext: true });
  const [alice, bob, carol] = [await client("alice"), await client("bob"), await client("carol")];
  await alice.join("r", OPTED_IN);
  await bob.join("r", OPTED_IN);
  assert.deepEqual(await alice.ask("plain_message", {}, "a text that nothing hides"), { ok: true });
  await bob.next("plain_message");
  assert.deepEqual(bob.all("plain_message"), [[{ from: alice.id }, "a text that nothing hides"]]);
  assert.deepEqual(alice.all("plain_message"), [], "not to the sender");

  await carol.join("r", { expected: 3 });
  assert.equal((await alice.ask("plain_message", {}, "x")).code, "plaintext_disabled", "carol did not opt in");
  assert.equal((await carol.ask("plain_message", {}, "x")).code, "plaintext_disabled");
  assert.deepEqual(await carol.ask("leave", {}), { ok: true });
  assert.deepEqual(await alice.ask("plain_message", {}, "again"), { ok: true });

  await alice.ask("fetch_room_logs", {});
  const [logs] = alice.all("room_logs").at(-1) as [RoomLogs];
  const lines = logs.entries.map(({ message }) => message).filter((line) => line.includes("PLAINTEXT"));
  assert.deepEqual(lines, Array(2).fill("[PLAINTEXT_RELAYED] room=r sender=alice"));
});

test("a member whose link is down has its say, and may change its mind on coming back", async (t) => {
  const { client } = await fixture(t, { allowPlaintext: true });
  const [alice, bob] = [await client("alice"), await client("bob")];
  await alice.join("r", OPTED_IN);
  const { resume } = await bob.join("r", { expected: 3 });
  bob.drop();
  await alice.next<{ members: { online: boolean }[] }>("user_list", ({ members }) => members.some((m) => !m.online));
  assert.equal((await alice.ask("plain_message", {}, "x")).code, "plaintext_disabled");
  const back = await client("bob", bob.id);
  assert.equal((await back.join("r", { ...OPTED_IN, resume })).resumed, true);
  assert.deepEqual(await alice.ask("plain_message", {}, "x"), { ok: true });
});

test("a plain message is refused where the operator has not allowed it, whatever the clients say", async (t) => {
  const { client } = await fixture(t);
  const alice = await client("alice");
  await alice.join("r", OPTED_IN);
  assert.equal((await alice.ask("plain_message", {}, "x")).code, "plaintext_disabled");
});

const BAD: readonly (readonly [what: string, text: unknown])[] = [
  ["no text", 7],
  ["nothing", ""],
  ["an object", { text: "x" }],
  ["half a character", "a\ud800"],
  ["too much", "x".repeat(4_097)],
  ["too many bytes", "ä".repeat(2_049)],
];

test("what is no short text is refused, though plain messages are allowed", async (t) => {
  const { client } = await fixture(t, { allowPlaintext: true });
  const [alice, bob] = [await client("alice"), await client("bob")];
  await alice.join("r", OPTED_IN);
  await bob.join("r", OPTED_IN);
  for (const [what, text] of BAD) assert.equal((await alice.ask("plain_message", {}, text)).code, "bad_request", what);
  assert.deepEqual(await alice.ask("plain_message", {}, "ä".repeat(2_048)), { ok: true });
  await bob.next("plain_message");
  assert.equal(bob.all("plain_message").length, 1);
});
