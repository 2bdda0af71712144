import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { hostAllowed } from "./host.js";

const OPEN = { hosts: [], trustProxy: false };

/** As the HTTP server would give it. */
function request(host: string | undefined, localAddress = "127.0.0.1", forwarded?: string): IncomingMessage {
  const headers = { host, "x-forwarded-host": forwarded };
  return { headers, rawHeaders: ["Host", host], socket: { localAddress } } as unknown as IncomingMessage;
}

test("over this machine's own address a relay answers to localhost and to addresses, and to no name of the outside", () => {
  for (const host of [
    "localhost",
    "LOCALHOST:3000",
    "chat.localhost:3000",
    "127.0.0.1:3000",
    "[::1]:3000",
    "10.0.0.7",
  ]) {
    assert.ok(hostAllowed(request(host), OPEN), host);
  }
  for (const host of [
    "evil.example",
    "evil.example:3000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "notlocalhost",
  ]) {
    assert.equal(hostAllowed(request(host), OPEN), false, host);
  }
});

test("from elsewhere any name is taken until the operator names some, and then those alone", () => {
  assert.ok(hostAllowed(request("chat.example", "192.0.2.1"), OPEN));
  const named = { hosts: ["chat.example"], trustProxy: false };
  assert.ok(hostAllowed(request("Chat.example:443", "192.0.2.1"), named));
  assert.ok(hostAllowed(request("chat.example."), named));
  assert.equal(hostAllowed(request("evil.example", "192.0.2.1"), named), false);
});

test("behind a proxy that is trusted its word for the host counts, otherwise it does not", () => {
  const named = { hosts: ["chat.example"], trustProxy: true };
  assert.ok(hostAllowed(request("10.0.0.1:3000", "127.0.0.1", "chat.example"), named));
  assert.equal(hostAllowed(request("chat.example", "127.0.0.1", "evil.example"), named), false);
  assert.equal(hostAllowed(request("evil.example", "127.0.0.1", "localhost"), OPEN), false);
  assert.ok(hostAllowed(request("chat.example"), { hosts: [], trustProxy: true }));
});

test("what is no host is refused", () => {
  for (const host of [undefined, "", "a b", "a\tb", "a/b", "user@localhost", "localhost:port", "[::1", "a,localhost"]) {
    assert.equal(hostAllowed(request(host, "192.0.2.1"), OPEN), false, host);
  }
});
