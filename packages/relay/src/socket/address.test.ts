import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { addressOf, isLoopback, networkOf } from "./address.js";

test("of IPv6 the first 64 bits are one address, however they are written", () => {
  assert.equal(networkOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(networkOf("2001:DB8:1:2::1"), "2001:db8:1:2::/64");
  assert.equal(networkOf("2001:db8::1"), "2001:db8:0:0::/64");
  assert.equal(networkOf("fe80::1%eth0"), "fe80:0:0:0::/64");
  assert.notEqual(networkOf("2001:db8:1:2::1"), networkOf("2001:db8:1:3::1"));
});

test("an IPv4 address is itself, also where it comes as IPv6", () => {
  assert.equal(networkOf("192.0.2.7"), "192.0.2.7");
  assert.equal(networkOf("::ffff:192.0.2.7"), "192.0.2.7");
});

test("this machine has no limits by address", () => {
  for (const address of ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"]) {
    assert.ok(isLoopback(address), address);
    assert.equal(networkOf(address), undefined);
  }
  for (const address of ["::2", "128.0.0.1", "::ffff:10.0.0.1", "localhost", ""]) assert.ok(!isLoopback(address));
  assert.equal(networkOf(undefined), undefined);
});

/** As the HTTP server would give it. */
function request(remoteAddress: string, forwarded?: string): IncomingMessage {
  return { headers: { "x-forwarded-for": forwarded }, socket: { remoteAddress } } as unknown as IncomingMessage;
}

test("a proxy's word counts only where it is trusted, and of it only what the proxy itself has added", () => {
  assert.equal(addressOf(request("192.0.2.1", "198.51.100.1"), false), "192.0.2.1");
  assert.equal(addressOf(request("127.0.0.1", "198.51.100.1"), true), "198.51.100.1");
  assert.equal(addressOf(request("127.0.0.1", "127.0.0.1, 203.0.113.9"), true), "203.0.113.9");
  assert.equal(addressOf(request("127.0.0.1", "203.0.113.9:4711"), true), "203.0.113.9");
  assert.equal(addressOf(request("127.0.0.1", "[2001:db8::1]:4711"), true), "2001:db8:0:0::/64");
  assert.equal(addressOf(request("192.0.2.1", "unknown"), true), "192.0.2.1");
  assert.equal(addressOf(request("192.0.2.1"), true), "192.0.2.1");
});
