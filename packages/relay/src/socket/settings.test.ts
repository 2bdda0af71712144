import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { HTTP_CONNECTIONS_BESIDE } from "../limits.js";
import { fixture } from "../testing/fixture.js";
import { handshake, RawHttp, statusOf, webSocketFrame } from "../testing/raw-http.js";

const TEXT = 1;

/** Versions below these have known holes. */
const FLOORS = { "socket.io-parser": [4, 2, 7], "engine.io": [6, 6, 9], ws: [8, 21, 0] } as const;

/** Every place of the lock file that has the package, and what is built with it. */
function locked(name: string): readonly (readonly [path: string, version: string])[] {
  const file = new URL("../../../../package-lock.json", import.meta.url);
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as {
    packages: Readonly<Record<string, { readonly version: string }>>;
  };
  // What runs the tests of the widget has a server of its own, which nobody else talks to.
  const isRelays = (path: string): boolean => path.endsWith(`node_modules/${name}`) && !path.includes("@web/");
  return Object.entries(packages).flatMap(([path, { version }]) => (isRelays(path) ? [[path, version] as const] : []));
}

for (const [name, floor] of Object.entries(FLOORS)) {
  test(`no ${name} older than ${floor.join(".")} is in the lock file`, () => {
    const found = locked(name);
    assert.ok(found.length > 0);
    for (const [path, version] of found) {
      const numbers = version.split(".").map(Number);
      const at = floor.findIndex((number, i) => number !== numbers[i]);
      assert.ok(at < 0 || numbers[at] > floor[at], `${path} is ${version}`);
    }
  });
}

test("Socket.IO's own recovery of sessions is off: a client is given no private id to come back with", async (t) => {
  const { relay } = await fixture(t);
  const raw = await RawHttp.connected(relay.port);
  raw.write(handshake());
  await raw.until(/maxPayload/);
  raw.write(webSocketFrame(TEXT, "40"));
  assert.doesNotMatch(await raw.until(/40\{"sid":"[^"]+".*\}/), /"pid"/);
  raw.drop();
});

test("so many connections that say nothing are taken and no more, and what ends makes room", async (t) => {
  const { relay } = await fixture(t, { maxConnections: 1 });
  const sockets: Socket[] = [];
  const open = async (): Promise<Socket> => {
    const socket = connect(relay.port, "127.0.0.1");
    socket.on("error", () => {}).resume(); // the relay hangs up, with or without a reset
    sockets.push(socket);
    await once(socket, "connect");
    return socket;
  };
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  for (let i = 0; i < HTTP_CONNECTIONS_BESIDE + 1; i++) await open();
  const late = await open();
  if (!late.destroyed) await once(late, "close");
  assert.equal(relay.stats.refused.connections, 1);
  sockets[0].destroy();
  const health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  while ((await statusOf(relay.port, health)) !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
});
