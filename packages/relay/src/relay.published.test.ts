import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64url, type RoomLogs } from "@qsec2/sdk/wire";
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
