import assert from "node:assert/strict";
import { test } from "node:test";
import { originAllowed } from "./origin.js";

const CLOSED = { cors: [], trustProxy: false };

test("programs without an origin and the relay's own pages may connect", () => {
  assert.ok(originAllowed({ host: "relay.example" }, CLOSED));
  assert.ok(originAllowed({ host: "localhost:3000", origin: "http://localhost:3000" }, CLOSED));
  assert.ok(originAllowed({ host: "Relay.example", origin: "https://relay.example" }, CLOSED));
  assert.ok(originAllowed({ host: "relay.example:443", origin: "https://relay.example" }, CLOSED));
});

test("other pages may not, not even those that look alike", () => {
  for (const origin of [
    "https://evil.example",
    "http://localhost:3001",
    "http://localhost",
    "https://relay.example.evil.example",
    "null",
    "",
    "not an origin",
    "https://relay.example@evil.example",
  ]) {
    assert.equal(originAllowed({ host: "localhost:3000", origin }, CLOSED), false, origin);
    assert.equal(originAllowed({ host: "relay.example", origin }, CLOSED), false, origin);
  }
  assert.equal(originAllowed({ origin: "https://evil.example" }, CLOSED), false, "no host to compare with");
});

test("listed origins may connect, exactly as listed, and a star lets all in", () => {
  const rules = { cors: ["https://chat.example"], trustProxy: false };
  assert.ok(originAllowed({ host: "relay.example", origin: "https://chat.example" }, rules));
  assert.equal(originAllowed({ host: "relay.example", origin: "http://chat.example" }, rules), false);
  assert.equal(originAllowed({ host: "relay.example", origin: "https://chat.example:8443" }, rules), false);
  assert.ok(
    originAllowed({ host: "relay.example", origin: "https://any.example" }, { cors: ["*"], trustProxy: false }),
  );
});

test("a proxy's word for the host counts only where the operator trusts it", () => {
  const headers = { host: "10.0.0.1:3000", "x-forwarded-host": "chat.example", origin: "https://chat.example" };
  assert.equal(originAllowed(headers, CLOSED), false);
  assert.ok(originAllowed(headers, { cors: [], trustProxy: true }));
});
