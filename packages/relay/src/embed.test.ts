import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import express from "express";
import { fastify } from "fastify";
import { KIND } from "@qsec2/sdk/wire";
import { WebSocket, WebSocketServer } from "ws";
import type { RelayOptions } from "./options.js";
import { createRelay, type Relay } from "./relay.js";
import { connect, type TestClient } from "./testing/client.js";
import { fakeFrame } from "./testing/frames.js";

const group = fakeFrame(KIND.GROUP, 288);

interface Host {
  readonly server: Server;
  readonly listen: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

const onServer = (server: Server): Host => ({
  server,
  listen: () => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)),
  close: () => new Promise((resolve) => server.close(resolve)),
});

/** Each answers `/hello` and takes JSON at `/echo`. */
const HOSTS: Readonly<Record<string, () => Host>> = {
  "a bare HTTP server": () =>
    onServer(
      createServer((request, response) => {
        if (request.url === "/hello") response.end("hello");
        else if (request.url === "/echo") request.pipe(response);
        else response.writeHead(404).end("not mine");
      }),
    ),
  Express: () => {
    const app = express();
    app.use(express.json());
    app.get("/hello", (_, response) => void response.send("hello"));
    app.post("/echo", (request, response) => void response.json(request.body));
    return onServer(createServer(app));
  },
  Fastify: () => {
    const app = fastify();
    app.get("/hello", () => "hello");
    app.post("/echo", ({ body }) => body);
    return { server: app.server, listen: () => app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
  },
};

interface Embedded {
  readonly url: string;
  readonly relay: Relay;
  /** Another relay on the same server. */
  readonly again: () => Promise<Relay>;
}

async function embedded(
  t: TestContext,
  { server, listen, close }: Host,
  options: RelayOptions = {},
): Promise<Embedded> {
  const relays: Relay[] = [];
  const again = async (): Promise<Relay> => {
    const relay = await createRelay(server, { db: false, logLevel: "silent", ...options });
    relays.push(relay);
    return relay;
  };
  const relay = await again();
  await listen();
  t.after(async () => {
    await Promise.all(relays.map((each) => each.close()));
    server.closeAllConnections();
    await close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, relay, again };
}

async function hostAnswers(url: string): Promise<void> {
  assert.equal(await (await fetch(`${url}/hello`)).text(), "hello");
  const headers = { "Content-Type": "application/json" };
  const echo = await fetch(`${url}/echo`, { method: "POST", headers, body: '{"a":[1]}' });
  assert.equal(await echo.text(), '{"a":[1]}');
  for (const path of ["/", "/room/r", "/assets/room.js", "/healthz", "/readyz", "/metrics"])
    assert.equal((await fetch(url + path)).status, 404, `${path} is not the relay's`);
}

async function talk(t: TestContext, url: string): Promise<readonly TestClient[]> {
  const pair = [await connect(url, "alice"), await connect(url, "bob")] as const;
  t.after(() => pair.forEach((each) => each.close()));
  for (const each of pair) await each.join("r");
  assert.equal((await pair[0].ask("group_message", {}, group)).ok, true);
  await pair[1].next("group_message");
  return pair;
}

for (const [name, make] of Object.entries(HOSTS)) {
  test(`in ${name} the relay has its path, and everything else is the server's`, async (t) => {
    const { url, relay } = await embedded(t, make());
    await hostAnswers(url);
    await talk(t, url);
    await hostAnswers(url);
    assert.equal(relay.stats.members, 2);
    assert.deepEqual(relay.readiness, { ok: true });
  });

  test(`${name} goes on without the relay when that is closed, and takes another one`, async (t) => {
    const { url, relay, again } = await embedded(t, make());
    const [alice] = await talk(t, url);
    const ended = alice.ended();
    await relay.close();
    await ended;
    assert.deepEqual(relay.readiness, { ok: false, reason: "draining" });
    await hostAnswers(url);
    assert.equal(
      (await fetch(`${url}/socket.io/?EIO=4&transport=polling`)).status,
      404,
      "the path is the server's again",
    );
    const second = await again();
    await talk(t, url);
    assert.deepEqual([relay.stats.sockets, second.stats.sockets], [0, 2]);
    await hostAnswers(url);
  });
}

test("WebSockets of the server's own go on beside the relay and after it", async (t) => {
  const host = HOSTS["a bare HTTP server"]();
  const own = new WebSocketServer({ noServer: true });
  host.server.on("upgrade", (request, socket, head) => {
    if (request.url !== "/own") return;
    own.handleUpgrade(request, socket, head, (socket) => socket.send("mine"));
  });
  const { url, relay } = await embedded(t, host);
  const hear = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/own`);
      socket.once("message", (data: Buffer) => {
        socket.terminate();
        resolve(data.toString());
      });
      socket.once("error", reject);
    });
  assert.equal(await hear(), "mine");
  await talk(t, url);
  await relay.close();
  assert.equal(await hear(), "mine");
});

test("a server has the same listeners before a relay was there and after it", async (t) => {
  const { server, listen, close } = HOSTS["a bare HTTP server"]();
  const events = ["request", "upgrade", "close", "connection", "error", "checkContinue"];
  const listeners = (): unknown => events.map((event) => server.rawListeners(event));
  const before = listeners();
  const relay = await createRelay(server, { db: false, logLevel: "silent" });
  assert.notDeepEqual(listeners(), before);
  const late = (): void => {};
  server.on("request", late);
  await relay.close();
  assert.ok(server.rawListeners("request").includes(late), "what its owner has added meanwhile stays");
  server.off("request", late);
  assert.deepEqual(listeners(), before);
  await listen();
  t.after(close);
});
