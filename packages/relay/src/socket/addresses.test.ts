import assert from "node:assert/strict";
import { test } from "node:test";
import { Addresses } from "./addresses.js";

const SETTINGS = { rate: 1, joinRate: 1, addressFactor: 3, maxPerAddress: 2 };
const [A, B] = ["192.0.2.1", "192.0.2.2"];

test("an address has as many connections as it may, and each that ends makes room for one", () => {
  const addresses = new Addresses(SETTINGS);
  for (const expected of [undefined, undefined, "address_connections"] as const) {
    assert.equal(addresses.refusal(A), expected);
    if (!expected) addresses.enter(A);
  }
  assert.equal(addresses.refusal(B), undefined, "another address is not concerned");
  addresses.leave(A);
  assert.equal(addresses.refusal(A), undefined);
});

test("whoever connects again and again is refused for that alone", () => {
  const addresses = new Addresses(SETTINGS, () => 0);
  const tries = Array.from({ length: 5 }, () => addresses.refusal(A));
  assert.deepEqual(tries.slice(-1), ["address_handshakes"]);
  assert.deepEqual(tries.slice(0, 4), [undefined, undefined, undefined, undefined]);
});

test("an address may send a multiple of what a socket may, each kind by itself", () => {
  const addresses = new Addresses(SETTINGS, () => 0);
  const taken = (what: "messages" | "joins"): number => {
    let count = 0;
    while (addresses.take(A, what)) count++;
    return count;
  };
  assert.deepEqual([taken("messages"), taken("joins")], [6, 3]);
  assert.ok(addresses.take(A, "files"));
  assert.ok(addresses.take(B, "messages"));
});

test("this machine itself has no limit, and leaves no trace", () => {
  const addresses = new Addresses(SETTINGS, () => 0);
  for (let i = 0; i < 1_000; i++) {
    assert.equal(addresses.refusal(undefined), undefined);
    addresses.enter(undefined);
    assert.ok(addresses.take(undefined, "joins"));
  }
  assert.equal(addresses.size, 0);
});

test("an address is forgotten when it is gone and could send all it may again, not before", () => {
  let now = 0;
  const addresses = new Addresses(SETTINGS, () => now);
  addresses.enter(A);
  addresses.enter(B);
  now = 100_000;
  addresses.sweep();
  assert.equal(addresses.size, 2, "both are still connected");
  addresses.leave(A);
  now = 130_000;
  addresses.sweep();
  assert.equal(addresses.size, 2);
  now = 160_000;
  addresses.sweep();
  assert.equal(addresses.size, 1);
});
