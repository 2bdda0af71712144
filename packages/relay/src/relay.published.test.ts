import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64url, type RoomLogs, type UserList } from "@qsec2/sdk/wire";
import { fixture } from "./testing/fixture.js";

/** Shaped like a sealed message: version 1, kind 0x20. */
const FRAME = toBase64url(Uint8Array.of(1, 0x20, ...new Uint8Array(286)));

test("sealed bytes of an application come to everybody else in the room, under their sender's id, and are not written down", async (t) => {
  const { member } = await fixture(t);
  const [alice, bob, eve] = [await member("alice", "r"), await member("bob", "r"), await member("eve", "other")];
  const spoofed = { type: "game:move", from: bob.id, seq: 7, n: 7, room: "other" };
  assert.deepEqual(await alice.ask("relay", spoofed, FRAME), { ok: true });
  await bob.next("relay");
  assert.deepEqual(bob.all("relay"), [[{ from: alice.id, type: "game:move" }, FRAME]]);
  assert.deepEqual([alice.all("relay"), eve.all("relay")], [[], []]);
  await bob.ask("fetch_room_logs", {});
  const [{ entries }] = bob.all("room_logs").at(-1) as [RoomLogs];
  assert.ok(entries.every(({ message }) => !message.includes("game") && !message.startsWith("[MSG_")));
});

test("what is not sealed, or does not say in a word what it is for, is not passed on", async (t) => {
  const { client, member } = await fixture(t);
  const [alice, bob, outside] = [await member("alice", "r"), await member("bob", "r"), await client("carol")];
  for (const header of [
    {},
    { type: 7 },
    { type: "" },
    { type: "two words" },
    { type: "x".repeat(65) },
    { type: "\u202e" },
    null,
  ])
    assert.equal((await alice.ask("relay", header, FRAME)).code, "bad_request", JSON.stringify(header));
  const announce = toBase64url(Uint8Array.of(1, 0x10, ...new Uint8Array(286)));
  for (const frame of ["a text that nothing hides", "", 7, { type: "x" }, announce, FRAME + "="])
    assert.equal((await alice.ask("relay", { type: "t" }, frame)).code, "frame_malformed");
  const huge = toBase64url(Uint8Array.of(1, 0x20, ...new Uint8Array(65_600)));
  assert.equal((await alice.ask("relay", { type: "t" }, huge)).code, "frame_too_large");
  assert.equal((await outside.ask("relay", { type: "t" }, FRAME)).code, "not_joined");
  assert.deepEqual(await alice.ask("relay", { type: "t" }, FRAME), { ok: true });
  await bob.next("relay");
  assert.equal(bob.all("relay").length, 1);
});

test("bytes of an application count in the message rate, and others may go on", async (t) => {
  const { member } = await fixture(t, { rate: 5 });
  const [alice, bob] = [await member("alice", "r"), await member("bob", "r")];
  const answers = await Promise.all(Array.from({ length: 40 }, () => alice.ask("relay", { type: "x" }, FRAME)));
  const refused = answers.filter(({ ok }) => !ok);
  assert.ok(refused.length > 0 && refused.length < 40);
  assert.ok(refused.every(({ code }) => code === "rate_limited"));
  assert.equal((await bob.ask("relay", { type: "x" }, FRAME)).ok, true);
  assert.equal((await alice.ask("group_message", {}, FRAME)).code, "rate_limited", "it is the same allowance");
});

test("bytes of an application wait in the ring for a member whose link is down", async (t) => {
  const { client, member } = await fixture(t);
  const alice = await client("alice");
  const { resume, ring } = await alice.join("r", { ring: { epoch: "", seq: 0 } });
  const bob = await member("bob", "r");
  alice.drop();
  await bob.next<UserList>("user_list", ({ members }) => members.some(({ online }) => !online));
  assert.deepEqual(await bob.ask("relay", { type: "x" }, FRAME), { ok: true });
  const again = await client("alice", alice.id);
  assert.equal((await again.join("r", { resume, ring: ring! })).recovered, true);
  assert.deepEqual(again.all("relay"), [[{ from: bob.id, type: "x", n: 1 }, FRAME]]);
});
