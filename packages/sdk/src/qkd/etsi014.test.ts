import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { QkdPeer } from "../handshake/qkd.js";
import { keyManagement, type KeyManagement } from "../testing/key-management.js";
import { code } from "../testing/sessions.js";
import { etsi014KeySource, type Etsi014Options } from "./etsi014.js";

const BOB: QkdPeer = { id: "bob-id", name: "bob" };
let management: KeyManagement;
beforeEach(async () => void (management = await keyManagement()));
afterEach(() => management.close());

const source = (saeOf: (peer: QkdPeer) => string | null = ({ name }) => `sae/${name}`) =>
  etsi014KeySource({ kme: management.address, saeOf });

describe("keys through ETSI GS QKD 014", () => {
  it("are the same for who takes one and who asks by its ID, at the addresses of the specification", async () => {
    const taken = await source().fresh(BOB);
    assert.equal(taken?.key.length, 32);
    assert.deepEqual(await source().byId({ id: "alice-id", name: "alice" }, taken.keyId), taken.key);
    assert.deepEqual(management.asked, [
      { url: "/api/v1/keys/sae%2Fbob/enc_keys", body: { number: 1, size: 256 } },
      { url: "/api/v1/keys/sae%2Falice/dec_keys", body: { key_IDs: [{ key_ID: taken.keyId }] } },
    ]);
    await assert.rejects(source().byId(BOB, taken.keyId), code("QKD"), "each is given out once");
  });

  it("are not asked for where a peer has no equipment", async () => {
    const without = source(() => null);
    assert.equal(await without.fresh(BOB), null);
    await assert.rejects(without.byId(BOB, "00000000-0000-4000-8000-000000000000"), code("QKD"));
    assert.deepEqual(management.asked, []);
  });

  it("are refused when the answer is anything but one key of 256 bits under a UUID, without quoting it", async () => {
    const { keyId, key } = { keyId: "00000000-0000-4000-8000-000000000009", key: "c2VjcmV0".repeat(4) };
    for (const body of [
      "c2VjcmV0",
      {},
      { keys: [] },
      { keys: [{ key_ID: keyId, key }] },
      { keys: [{ key_ID: "../x", key: "A".repeat(43) + "=" }] },
      { keys: [{ key_ID: keyId, key: `c2VjcmV0${"*".repeat(36)}` }] },
      { keys: Array.from({ length: 2 }, () => ({ key_ID: keyId, key: "A".repeat(43) + "=" })) },
      { keys: [{ key_ID: keyId, key: "A".repeat(43) + "=" }], more: "x".repeat(70_000) },
    ]) {
      management.spoil = () => ({ status: 200, body });
      await assert.rejects(source().fresh(BOB), (error: Error) => {
        assert.ok(code("QKD")(error));
        assert.ok(!`${error.message} ${String(error.cause)}`.includes("c2VjcmV0"));
        return true;
      });
    }
    management.spoil = () => ({ status: 200, body: { keys: [{ key_ID: keyId, key: "A".repeat(43) + "=" }] } });
    await assert.rejects(source().byId(BOB, keyId.replace("9", "8")), code("QKD"), "another key than was asked for");
    management.spoil = () => ({ status: 503, body: { message: "no keys" } });
    await assert.rejects(source().fresh(BOB), { code: "QKD", message: /503/ });
  });

  it("are refused when the entity does not answer in time, or is not there", async () => {
    const silent = etsi014KeySource({
      kme: management.address,
      saeOf: () => "x",
      timeout: 1,
      fetch: (_, init) =>
        new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("late")))),
    });
    await assert.rejects(silent.fresh(BOB), code("QKD"));
    await management.close();
    await assert.rejects(source().fresh(BOB), code("QKD"));
  });

  it("need an address that nobody else can listen to", () => {
    const make = (kme: string) => () => etsi014KeySource({ kme, saeOf: () => null });
    for (const kme of ["", "kme", "http://kme.example", "ftp://kme.example"])
      assert.throws(make(kme), code("bad_option"));
    for (const kme of ["https://kme.example", "https://kme.example/base", "http://localhost:1"]) make(kme)();
  });

  it("need options that can be, and say which ones cannot", () => {
    const kme = "https://kme.example";
    const saeOf = () => null;
    for (const [options, message] of [
      [undefined, /'kme'/],
      [null, /'kme'/],
      [{}, /'kme'/],
      [{ kme }, /'saeOf' must be a function/],
      [{ kme, saeOf: "sae" }, /'saeOf' must be a function/],
      [{ kme, saeOf, timeout: 0 }, /'timeout'/],
      [{ kme, saeOf, timeout: Number.NaN }, /'timeout'/],
      [{ kme, saeOf, fetch: "https" }, /'fetch'/],
    ] as const) {
      assert.throws(() => etsi014KeySource(options as Etsi014Options), { code: "bad_option", message });
    }
  });
});
