import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { QkdOptions } from "../handshake/qkd.js";
import { etsi014KeySource } from "../qkd/etsi014.js";
import { keyManagement, type KeyManagement } from "../testing/key-management.js";
import { code, collect, destroyAll, member, next, together } from "../testing/sessions.js";
import { createMemoryRelay } from "../transport/memory.js";

let management: KeyManagement;
beforeEach(async () => void (management = await keyManagement()));
afterEach(async () => {
  destroyAll();
  await management.close();
});

const qkd = (policy: QkdOptions["policy"] = "require"): QkdOptions => ({
  policy,
  source: etsi014KeySource({ kme: management.address, saeOf: ({ name }) => `sae-${name}` }),
});

describe("sessions with keys of quantum hardware", () => {
  it("take one for each handshake and say that it is in the keys", async () => {
    const relay = createMemoryRelay();
    const [alice, bob] = ["alice", "bob"].map((name) => member(relay, name, { qkd: qkd() }));
    const keyed = [collect(alice, "bb84:keyed"), collect(bob, "bb84:keyed")];
    await together(alice, bob);
    assert.deepEqual(
      keyed.map((details) => details.map((detail) => detail.qkd)),
      [[true], [true]],
    );
    assert.deepEqual(
      management.asked.map(({ url }) => url),
      ["/api/v1/keys/sae-bob/enc_keys", "/api/v1/keys/sae-alice/dec_keys"],
    );
    const said = next(bob, "message");
    await alice.send("hello");
    assert.equal((await said).text, "hello");
  });

  it("end a handshake with QKD where a key is required and there is none", async () => {
    management.spoil = () => ({ status: 503, body: { message: "no keys" } });
    const relay = createMemoryRelay();
    const [alice, bob] = ["alice", "bob"].map((name) => member(relay, name, { qkd: qkd() }));
    const ended = [next(alice, "bb84:aborted"), next(bob, "bb84:aborted")];
    await alice.connect();
    await bob.connect();
    for (const { code, willRetry } of await Promise.all(ended)) assert.deepEqual([code, willRetry], ["QKD", false]);
    assert.deepEqual([alice.epoch?.members ?? 1, bob.epoch], [1, null]);
  });

  it("go on without where it is only preferred, with an alarm that says so", async () => {
    management.spoil = () => ({ status: 503, body: { message: "no keys" } });
    const relay = createMemoryRelay();
    const [alice, bob] = ["alice", "bob"].map((name) => member(relay, name, { qkd: qkd("prefer") }));
    const [keyed, security] = [collect(bob, "bb84:keyed"), collect(alice, "security")];
    await together(alice, bob);
    assert.deepEqual([keyed.map((detail) => detail.qkd), security.map((detail) => detail.code)], [[false], ["QKD"]]);
  });

  it("are not made with a source or a policy that is none", () => {
    const relay = createMemoryRelay();
    const make = (options: unknown) => () => member(relay, "alice", { qkd: options as QkdOptions });
    for (const options of [{}, { source: {} }, { ...qkd(), policy: "off" }])
      assert.throws(make(options), code("bad_option"));
  });
});
