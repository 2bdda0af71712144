import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { KIND, type UserList } from "@qsec2/sdk/wire";
import { WebSocket } from "ws";
import { connect } from "./testing/client.js";
import { fixture } from "./testing/fixture.js";
import { fakeFrame, fakeId } from "./testing/frames.js";
import { RawSocket } from "./testing/raw-socket.js";
import { lockedAudit } from "./testing/sqlite.js";

const group = fakeFrame(KIND.GROUP, 288);

test("a socket that floods is told so, and is heard again afterwards; the others never wait", async (t) => {
  const { member } = await fixture(t);
  const mallory = await member("mallory", "r");
  const alice = await member("alice", "other");
  const answers = await Promise.all(Array.from({ length: 1000 }, () => mallory.ask("msg_decrypted", { iv: 12 })));
  const refused = answers.filter(({ code }) => code === "rate_limited");
  assert.ok(refused.length > 0);
  assert.ok(
    answers.slice(0, 190).every(({ ok }) => ok),
    "the burst is allowed",
  );
  assert.deepEqual(await alice.ask("group_message", {}, group), { ok: true, seq: 1 });
  while (!(await mallory.ask("msg_decrypted", { iv: 12 })).ok) await new Promise((resolve) => setTimeout(resolve, 20));
});

test("joins are counted on their own: twenty a minute", async (t) => {
  const { client } = await fixture(t);
  const mallory = await client("mallory");
  for (let i = 0; i < 20; i++) assert.equal((await mallory.ask("join", {})).code, "unsupported_version");
  assert.equal((await mallory.ask("join", {})).code, "rate_limited");
  assert.equal((await mallory.ask("leave", {})).code, "not_joined");
});

test("a reader who does not keep up is cut, and the room goes on", async (t) => {
  const { relay, member } = await fixture(t);
  const alice = await member("alice", "r", 3);
  const bob = await member("bob", "r");
  const slow = await RawSocket.connected(relay);
  const join = { version: 1, room: "r", username: "slow", id: fakeId(6_000_000), expected: 3 };
  slow.send(`421["join",${JSON.stringify(join)}]`);
  await slow.until("431");
  slow.pause();
  const large = fakeFrame(KIND.GROUP, 65_568);
  const away = bob.next<UserList>("user_list", ({ members }) => members.some(({ online }) => !online));
  // Each round is waited for, so that those who read are not cut themselves when this machine is busy.
  for (let i = 0; i < 190; i++) await Promise.all([alice, bob].map((sender) => sender.ask("group_message", {}, large)));
  await away;
  const { seq } = await alice.ask("group_message", {}, group);
  await bob.next("group_message", (header) => header.seq === seq);
  slow.close();
});

test("a socket that is in no room is cut after a while, one that is in a room is not", async (t) => {
  const { client, member } = await fixture(t, { joinDeadline: 200 });
  const alice = await member("alice", "r");
  const idler = await client("idler");
  await idler.ended();
  assert.deepEqual(await alice.ask("leave", {}), { ok: true });
  await alice.ended();
});

/** Tries to open a WebSocket as a page of this origin would. */
async function handshake(port: number, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { headers });
  return new Promise((resolve) => {
    socket.on("error", () => {});
    socket.once("unexpected-response", (sent, { statusCode }) => {
      sent.destroy();
      resolve(statusCode!);
    });
    socket.once("upgrade", (response) => {
      assert.equal(response.headers["sec-websocket-extensions"], undefined, "compression is off");
      socket.terminate();
      resolve(101);
    });
  });
}

test("pages of other origins may not connect unless they are listed, and nothing is compressed", async (t) => {
  const { relay } = await fixture(t, { cors: ["https://chat.example"] });
  assert.equal(await handshake(relay.port, { Origin: "https://evil.example" }), 400);
  assert.equal(await handshake(relay.port, { Origin: "https://chat.example" }), 101);
  assert.equal(await handshake(relay.port, { Origin: relay.url }), 101);
  assert.equal(await handshake(relay.port, {}), 101);
});

test("there is no transport but WebSocket, and no client script", async (t) => {
  const { relay } = await fixture(t);
  const polling = await fetch(`${relay.url}/socket.io/?EIO=4&transport=polling`);
  assert.equal(polling.status, 400);
  assert.equal((await fetch(`${relay.url}/socket.io/socket.io.js`)).status, 400);
  const sent = request(`${relay.url}/other/path`, { headers: { Connection: "Upgrade", Upgrade: "websocket" } });
  sent.on("error", () => {}); // the relay hangs up
  await new Promise((resolve) => sent.once("close", resolve).end());
});

test("the audit log fails and heals without a member noticing", async (t) => {
  const { audit, failures, heal } = await lockedAudit(t);
  const { member } = await fixture(t, { audit });
  const alice = await member("alice", "r");
  const bob = await member("bob", "r");
  while (audit.stats.failures === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await alice.ask("group_message", {}, group);
  await bob.next("group_message");
  await bob.ask("fetch_room_logs", {});
  assert.equal((bob.all("room_logs").at(-1)![0] as { entries: unknown[] }).entries.length, 6, "read from memory");
  assert.equal(failures.length, 1);
  heal();
  while (audit.stats.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual([audit.stats.dropped, failures.length], [0, 1]);
});

test("a log that is never read holds nobody up: not who joins, not who asks for it and goes on talking", async (t) => {
  const { audit } = await lockedAudit(t);
  const never = (): Promise<never> => new Promise(() => {});
  const { member } = await fixture(t, { audit: Object.assign(audit, { latest: never, after: never }) });
  const alice = await member("alice", "r");
  const bob = await member("bob", "r");
  await bob.next("pubkeys");
  bob.socket.emit("fetch_room_logs", {});
  assert.deepEqual(await bob.ask("group_message", {}, group), { ok: true, seq: 1 });
  await alice.next("group_message");
});

test("a relay that stops says so, keeps the clients willing to come back, and takes no new ones", async (t) => {
  const { relay, member } = await fixture(t);
  const alice = await member("alice", "r");
  const ended = alice.ended();
  await relay.close();
  assert.equal((await alice.next("relay_error")).code, "draining");
  assert.equal(await ended, "transport close", "after `io server disconnect` a client would not come back");
  await assert.rejects(connect(relay.url, "bob"));
});

test("a handler that fails is answered with internal, and its words stay here", async (t) => {
  const { audit } = await lockedAudit(t);
  const { client } = await fixture(t, {
    audit: Object.assign(audit, {
      line: () => {
        throw new Error("the secret reason");
      },
    }),
  });
  const alice = await client("alice");
  const answer = await alice.ask("join", { version: 1, room: "r", username: "alice", id: alice.id, expected: 2 });
  assert.deepEqual(answer, {
    ok: false,
    code: "internal",
    message: "The relay could not do this; the fault is not yours.",
  });
});
