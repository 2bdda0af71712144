import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "@qsec2/sdk/wire";
import { bystanders } from "../testing/bystanders.js";
import { fixture } from "../testing/fixture.js";
import { fakeFrame, fakeId } from "../testing/frames.js";
import { GROUP, JOIN } from "../testing/hostile.js";
import { handshake, RawHttp, statusOf } from "../testing/raw-http.js";
import { RawSocket } from "../testing/raw-socket.js";

const LARGE = fakeFrame(KIND.GROUP, 65_568);

/** What is sent without end, and the limit that ends it. The last packet of each asks whether the link is alive. */
const FLOODS: readonly (readonly [what: string, limit: "packets" | "malformed", packet: (i: number) => string])[] = [
  ["messages to nobody", "packets", () => `42["group_message",{},"${GROUP}"]`],
  ["events that do not exist", "packets", (i) => `42["event${i}",{}]`],
  ["events that want an answer", "packets", (i) => `42${i}["leave",{}]`],
  ["joins of rooms", "packets", (i) => `42${i}["join",${JSON.stringify({ ...JOIN, room: `r${i}` })}]`],
  ["parts of files", "packets", (i) => `42${i}["blob_have",{"blob":"x"}]`],
  ["signs of life", "packets", () => "3"],
  ["acknowledgements", "packets", (i) => `43${i}[]`],
  ["namespaces", "malformed", (i) => `40/n${i},`],
  ["connections in one", "malformed", () => "40"],
];

test(
  "a flood of anything ends its own link, and the room beside it goes on talking",
  { concurrency: true },
  async (t) => {
    const all = await fixture(t);
    const { undisturbed } = await bystanders(all);
    await Promise.all(
      FLOODS.map(([what, limit, packet]) =>
        t.test(`${what}: cut for ${limit}`, async () => {
          const socket = await RawSocket.connected(all.relay);
          let cut = false;
          void socket.closed.then(() => (cut = true));
          for (let i = 0; !cut && i < 200_000; i++) {
            socket.send(packet(i));
            if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
          }
          await socket.closed;
        }),
      ),
    );
    await undisturbed();
    const { refused } = all.relay.stats;
    assert.equal(refused.packets, 7);
    assert.ok(refused.malformed >= 2);
    assert.ok(refused.messages > 0 && refused.files > 0);
    assert.equal(all.relay.stats.rooms, 2, "one room was opened by the flood of joins, before it was already in one");
  },
);

test("whoever does not wait for answers and does not read is cut, not kept", async (t) => {
  const all = await fixture(t, { maxBacklog: 1 });
  const { undisturbed } = await bystanders(all);
  const alice = await all.member("alice", "r", 3);
  const slow = await RawSocket.connected(all.relay);
  slow.send(`421["join",${JSON.stringify({ ...JOIN, id: fakeId(6_000_000), username: "slow", expected: 3 })}]`);
  await slow.until("431");
  slow.pause();
  // As much as a socket may have on its way in this machine's buffers, and then what the relay keeps.
  for (let i = 0; i < 190 && all.relay.stats.refused.backlog === 0; i++)
    assert.ok((await alice.ask("group_message", {}, LARGE)).ok);
  assert.equal(all.relay.stats.refused.backlog, 1);
  slow.drop();
  await undisturbed();
});

/** Behind a proxy that is trusted, which says that it is from this address. */
const from = (address: string): Readonly<Record<string, string>> => ({ "X-Forwarded-For": address });

test("an address has so many sockets, counted exactly, and of IPv6 a network is one address", async (t) => {
  const all = await fixture(t, { trustProxy: true, maxPerAddress: 8 });
  const { undisturbed } = await bystanders(all);
  const open = async (address: string): Promise<RawHttp> => {
    const raw = await RawHttp.connected(all.relay.port);
    raw.write(handshake(from(address)));
    await raw.until(/\r\n\r\n/);
    return raw;
  };
  const status = async (raw: RawHttp): Promise<string> => (await raw.until(/\r\n/)).slice(9, 12);
  const many = await Promise.all(Array.from({ length: 12 }, (_, i) => open(`2001:db8:0:1::${i + 1}`)));
  const statuses = await Promise.all(many.map(status));
  assert.equal(statuses.filter((code) => code === "101").length, 8);
  assert.equal(all.relay.stats.refused.address_connections, 4);
  assert.equal(await status(await open("2001:db8:0:2::1")), "101", "the network beside it");
  assert.equal(
    await status(await open("2001:db8:0:1::99, 192.0.2.1")),
    "101",
    "what the client says of itself is nothing",
  );
  await undisturbed();
  const sockets = all.relay.stats.sockets;
  for (const raw of many) raw.drop();
  while (all.relay.stats.sockets > sockets - 8) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(await status(await open("2001:db8:0:1::1")), "101", "those that ended made room");
});

test("an address that connects again and again is refused, and others are not", async (t) => {
  const all = await fixture(t, { trustProxy: true, maxPerAddress: 4 });
  const { undisturbed } = await bystanders(all);
  let refused = 0;
  for (let i = 0; i < 60; i++) if ((await statusOf(all.relay.port, handshake(from("192.0.2.1")))) === 400) refused++;
  assert.ok(refused > 0);
  assert.ok(all.relay.stats.refused.address_handshakes > 0);
  assert.equal(await statusOf(all.relay.port, handshake(from("192.0.2.2"))), 101);
  await undisturbed();
});

test("many sockets of one address have together what an address may send and join", async (t) => {
  const all = await fixture(t, { trustProxy: true, rate: 5, joinRate: 2, addressFactor: 2 });
  const { undisturbed } = await bystanders(all);
  const sockets = await Promise.all(Array.from({ length: 6 }, () => RawSocket.connected(all.relay, from("192.0.2.7"))));
  for (const [i, socket] of sockets.entries()) {
    socket.send(`421["join",${JSON.stringify({ ...JOIN, room: `r${i}`, id: fakeId(7_000_000 + i) })}]`);
    await socket.until("431");
  }
  for (const socket of sockets) {
    for (let i = 2; i < 10; i++) socket.send(`42${i}["msg_decrypted",{"iv":12}]`);
    await socket.until("439");
  }
  const { refused } = all.relay.stats;
  assert.equal(refused.address_joins, 2, "four of six");
  assert.ok(refused.address_messages > 0);
  assert.equal(refused.messages, 0, "no socket has sent more than its own");
  await undisturbed();
});

test("no more sockets are open than the relay may have, and health is still answered", async (t) => {
  const all = await fixture(t, { maxConnections: 4 });
  const { undisturbed } = await bystanders(all);
  await all.client("third");
  await all.client("fourth");
  assert.equal(await statusOf(all.relay.port, handshake()), 400);
  assert.equal(all.relay.stats.refused.connections, 1);
  assert.equal((await fetch(`${all.relay.url}/healthz`)).status, 200);
  await undisturbed();
});
