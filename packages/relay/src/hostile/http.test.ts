import assert from "node:assert/strict";
import { test } from "node:test";
import { bystanders } from "../testing/bystanders.js";
import { fixture } from "../testing/fixture.js";
import { handshake, statusOf } from "../testing/raw-http.js";

const get = (path: string, headers = "Host: localhost\r\n"): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
const ENGINE = "/socket.io/?EIO=4&transport=websocket";
const POLLING = "/socket.io/?EIO=4&transport=polling";

/** Requests as they go over the wire, and the status of the answer; 0: the relay hangs up without one. */
const REQUESTS: readonly (readonly [what: string, status: number, request: string])[] = [
  ["a path upwards", 404, get("/assets/../../package.json")],
  ["an escaped path upwards", 404, get("/assets/%2e%2e/%2e%2e/etc/passwd")],
  ["a path upwards in backslashes", 404, get("/assets/..\\..\\package.json")],
  ["a path with an end of text", 404, get("/assets/room.js%00.html")],
  ["the path of a prototype", 404, get("/assets/__proto__")],
  ["a path below Socket.IO's", 400, get("/socket.io/../package.json")],
  ["an address for a path", 404, get("http://evil.example/x")],
  ["no host", 400, get("/healthz", "")],
  ["two hosts", 400, handshake({ X: "a\r\nHost: evil.example" })],
  ["two lengths", 400, `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx`],
  [
    "a length and pieces",
    400,
    `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["a header that is folded", 400, get("/", "Host: localhost\r\nX: a\r\n b\r\nX\r\n")],
  ["headers of 20 KiB", 431, get("/healthz", `Host: localhost\r\nX: ${"x".repeat(20_000)}\r\n`)],
  ["a path of 20 KiB", 431, get(`/${"x".repeat(20_000)}`)],
  ["a method that does not exist", 400, `HACK / HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  ["something that is no HTTP", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
  ["the preface of HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["a tunnel", 0, "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n"],
  ["polling", 400, get(POLLING)],
  ["a session that does not exist", 400, get(`${POLLING}&sid=x`)],
  ["a session with a name of an object's", 400, handshake({}, `${ENGINE}&sid=__proto__`)],
  ["a transport with a name of an object's", 400, handshake({}, "/socket.io/?EIO=4&transport=constructor")],
  ["WebTransport", 400, handshake({}, "/socket.io/?EIO=4&transport=webtransport")],
  ["the Engine.IO of before", 400, handshake({}, "/socket.io/?EIO=3&transport=websocket")],
  ["a WebSocket of another version", 400, handshake({ "Sec-WebSocket-Version": "7" })],
  ["a WebSocket without a key", 400, handshake({ "Sec-WebSocket-Key": "" })],
  ["a WebSocket elsewhere", 0, handshake({}, "/other")],
  ["a page of another site", 400, handshake({ Origin: "https://evil.example" })],
  ["a page of nowhere", 400, handshake({ Origin: "null" })],
  ["a page that looks like ours", 400, handshake({ Origin: "http://localhost.evil.example" })],
  ["a name pointed here, with the page to it", 400, handshake({ Host: "evil.example", Origin: "http://evil.example" })],
  [
    "a forwarded host that nobody vouches for",
    400,
    handshake({ Host: "evil.example", "X-Forwarded-Host": "localhost" }),
  ],
  ["a host that is none", 400, handshake({ Host: "a b" })],
  ["our own page", 101, handshake({ Origin: "http://localhost" })],
];

test("whatever comes over HTTP gets its status, and no room notices", async (t) => {
  const all = await fixture(t, { pages: true });
  const { undisturbed } = await bystanders(all);
  for (const [what, status, request] of REQUESTS) {
    await t.test(`${what}: ${status === 0 ? "hung up on" : status}`, async () => {
      assert.equal(await statusOf(all.relay.port, request), status);
      await undisturbed();
    });
  }
  const { refused } = all.relay.stats;
  assert.deepEqual([refused.origin, refused.host], [3, 4]);
});

test("the session of somebody else is no way in past the check of the origin", async (t) => {
  const { relay, client } = await fixture(t);
  const alice = await client("alice");
  const { id } = alice.socket.io.engine as unknown as { id: string };
  const evil = handshake({ Origin: "https://evil.example" }, `${ENGINE}&sid=${encodeURIComponent(id)}`);
  assert.equal(await statusOf(relay.port, evil), 400);
  assert.equal((await alice.ask("leave", {})).code, "not_joined", "her link still works");
});
