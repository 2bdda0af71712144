import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { test, type TestContext } from "node:test";
import { io, type Socket } from "socket.io-client";
import { KIND } from "@qsec2/sdk/wire";
import { cli } from "./testing/cli.js";
import { fixture } from "./testing/fixture.js";
import { fakeFrame, fakeId } from "./testing/frames.js";
import { handshake, statusOf } from "./testing/raw-http.js";

const group = fakeFrame(KIND.GROUP, 288);

/** A client that begins with polling; it stays with it unless it is to change over. */
async function polling(t: TestContext, url: string, upgrade: boolean): Promise<Socket> {
  const socket = io(url, { transports: upgrade ? ["polling", "websocket"] : ["polling"], upgrade, forceNew: true });
  t.after(() => socket.disconnect());
  const upgraded = new Promise((resolve) =>
    socket.io.on("open", () => socket.io.engine.once("upgrade", () => resolve(undefined))),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  if (upgrade) await upgraded;
  return socket;
}

test("where polling is allowed, who polls, who changes over and who never did are in one room", async (t) => {
  const { relay, member } = await fixture(t, { allowPolling: true, cors: ["https://chat.example"] });
  const carol = await member("carol", "r", 3);
  const sockets = [await polling(t, relay.url, false), await polling(t, relay.url, true)];
  assert.deepEqual(
    sockets.map(({ io: manager }) => manager.engine.transport.name),
    ["polling", "websocket"],
  );
  const heard: unknown[][] = [[], []];
  for (const [i, socket] of sockets.entries()) {
    socket.on("group_message", (...args: unknown[]) => void heard[i].push(args));
    const join = { version: 1, room: "r", username: `user${i}`, id: fakeId(8_000_000 + i), expected: 3 };
    assert.equal(((await socket.emitWithAck("join", join)) as { ok: boolean }).ok, true);
  }
  for (const [i, socket] of sockets.entries()) {
    assert.deepEqual(await socket.emitWithAck("group_message", {}, group), { ok: true, seq: i + 1 });
    await carol.next("group_message");
  }
  await carol.ask("group_message", {}, group);
  while (heard.some((messages) => messages.length < 2)) await new Promise((resolve) => setTimeout(resolve, 10));
  const fromCarol = [{ from: carol.id, seq: 3 }, group];
  assert.deepEqual(heard, [
    [[{ from: fakeId(8_000_001), seq: 2 }, group], fromCarol],
    [[{ from: fakeId(8_000_000), seq: 1 }, group], fromCarol],
  ]);
  const evil = await fetch(`${relay.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { Origin: "https://evil.example" },
  });
  assert.equal(evil.status, 403, "origins are checked as for WebSockets");
  assert.equal(relay.stats.refused.origin, 1);
});

test("on 0.0.0.0 other machines reach the relay, otherwise this machine alone does", async (t) => {
  const { relay: closed } = await fixture(t);
  const { relay: open } = await fixture(t, { host: "0.0.0.0" });
  assert.deepEqual([new URL(closed.url).hostname, new URL(open.url).hostname], ["127.0.0.1", "localhost"]);
  for (const { port } of [closed, open]) assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal);
  if (!outside) return; // a machine without a network has no other way in
  assert.equal((await fetch(`http://${outside.address}:${open.port}/healthz`)).status, 200);
  await assert.rejects(fetch(`http://${outside.address}:${closed.port}/healthz`));
});

test("with names of its own a relay takes connections under these alone", async (t) => {
  const { relay } = await fixture(t, { hosts: ["chat.example"] });
  const as = (host: string): Promise<number> => statusOf(relay.port, handshake({ Host: host }));
  assert.equal(await as("chat.example"), 101);
  assert.equal(await as("chat.example:443"), 101);
  for (const other of ["evil.example", "chat.example.evil.example"]) assert.equal(await as(other), 400, other);
  assert.equal(relay.stats.refused.host, 2);
});

test("joins are counted by the minute, as many as the option says", async (t) => {
  const { client } = await fixture(t, { joinRate: 3 });
  const mallory = await client("mallory");
  for (let i = 0; i < 3; i++) assert.equal((await mallory.ask("join", {})).code, "unsupported_version");
  assert.equal((await mallory.ask("join", {})).code, "rate_limited");
});

test("a packet that is larger than the option says ends its link, one below is read", async (t) => {
  const { member } = await fixture(t, { maxPayload: 384 });
  const mallory = await member("mallory", "r");
  const text = (kib: number): string => "A".repeat(kib * 1024 - 100);
  assert.equal((await mallory.ask("group_message", {}, text(384))).code, "frame_too_large");
  const ended = mallory.ended();
  mallory.socket.emit("group_message", {}, text(385));
  assert.notEqual(await ended, "already");
});

test("without a database nothing is on the disk, and with one it is where the option says", async (t) => {
  const none = cli(t, ["--port", "0", "--no-pages", "--db", "none"]);
  const own = cli(t, ["--port", "0", "--no-pages", "--db", "kept/here/chat.db"]);
  for (const { url } of [none, own]) await url();
  const before = readdirSync(none.folder);
  assert.deepEqual(before, ["junk.db"], "what the test itself has put there");
  assert.ok(existsSync(`${own.folder}/kept/here/chat.db`));
  assert.ok(!existsSync(`${own.folder}/data`));
});
