import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deferred } from "../session/waiting.js";
import { begin, complete } from "../testing/members.js";
import { rejectsCode } from "../testing/throws.js";
import { toBase64url } from "../wire/base64url.js";
import { KIND } from "../wire/kinds.js";
import type { QkdKeySource, QkdPeer } from "./qkd.js";
import { Responder } from "./responder.js";

const KEY_ID = "00000000-0000-4000-8000-000000000001";

/** A link between two devices with one key in it; keeps what it has handed out. */
function link({ fresh = KEY_ID, length = 32, other = 0 } = {}) {
  const handed: Uint8Array[] = [];
  const asked: QkdPeer[] = [];
  const hand = (peer: QkdPeer, fill: number) => {
    const key = new Uint8Array(length).fill(fill);
    handed.push(key);
    asked.push(peer);
    return key;
  };
  const source: QkdKeySource = {
    fresh: async (peer) => ({ keyId: fresh, key: hand(peer, 7) }),
    byId: async (peer, keyId) => {
      assert.equal(keyId, KEY_ID);
      return hand(peer, 7 + other);
    },
  };
  return { source, handed, asked };
}

const nothing: QkdKeySource = {
  fresh: () => Promise.resolve(null),
  byId: () => Promise.reject(new Error("no such key")),
};
const broken: QkdKeySource = { ...nothing, fresh: () => Promise.reject(new Error("down")) };

describe("a handshake with keys of quantum hardware", () => {
  it("mixes in the key that both have, and wipes it", async () => {
    const { source, handed, asked } = link();
    const { a, b, alice, bob } = await complete({ qkdA: { source }, qkdB: { source } });
    assert.deepEqual([alice.qkd, bob.qkd], [true, true]);
    const frame = await alice.session.seal(KIND.PING, Uint8Array.of(5));
    assert.deepEqual(await bob.session.open(KIND.PING, frame, (content) => content.slice()), Uint8Array.of(5));
    assert.equal(handed.length, 2);
    for (const key of handed) assert.ok(key.every((byte) => byte === 0));
    assert.deepEqual(asked, [
      { id: toBase64url(b.id), name: "bob" },
      { id: toBase64url(a.id), name: "alice" },
    ]);
  });

  it("does not come about between two whose keys differ, and names the same key by no other word", async () => {
    const { source, handed } = link({ other: 1 });
    const { initiator, m1, responderOptions } = await begin({ qkdA: { source }, qkdB: { source } });
    const { responder, frame: m2 } = await Responder.answer(m1, responderOptions);
    const { frame: m4 } = await responder.receiveSift((await initiator.receiveBases(m2)).frame);
    await rejectsCode("RECONCILE", initiator.receiveCheck(m4));
    for (const key of handed) assert.ok(key.every((byte) => byte === 0));
    for (const spoilt of [link({ fresh: "../keys" }), link({ length: 31 })]) {
      await rejectsCode("QKD", complete({ qkdA: { source: spoilt.source }, qkdB: { source } }));
      assert.ok(spoilt.handed.length > 0 && spoilt.handed.every((key) => key.every((byte) => byte === 0)));
    }
  });

  it("ends with QKD where one side requires a key and there is none", async () => {
    const { source } = link();
    for (const setting of [
      { qkdA: { source: nothing } },
      { qkdA: { source: broken } },
      { qkdB: { source } },
      { qkdA: { source } },
      { qkdA: { source }, qkdB: { source: nothing } },
      { qkdA: { source }, qkdB: { source: nothing, policy: "prefer" } },
      { qkdA: { source: link({ length: 31 }).source }, qkdB: { source } },
    ] as const)
      await rejectsCode("QKD", complete(setting));
  });

  it("goes on without where a key is only preferred, and says why there is none", async () => {
    for (const [source, problem] of [
      [nothing, undefined],
      [broken, "QKD"],
    ] as const) {
      const qkd = { source, policy: "prefer" } as const;
      const { initiator, alice, bob } = await complete({ qkdA: qkd, qkdB: qkd });
      assert.deepEqual([alice.qkd, bob.qkd, initiator.qkdProblem?.code], [false, false, problem]);
    }
  });

  it("wipes a key that comes when the run is over", async () => {
    const { source, handed } = link();
    const [asked, answer] = [deferred<void>(), deferred<void>()];
    const slow: QkdKeySource = {
      ...source,
      fresh: async (peer) => {
        asked.resolve();
        await answer.promise;
        return source.fresh(peer);
      },
    };
    const { initiator, m1, responderOptions } = await begin({ qkdA: { source: slow } });
    const { frame: m2 } = await Responder.answer(m1, responderOptions);
    const taken = initiator.receiveBases(m2);
    await asked.promise;
    initiator.wipe();
    answer.resolve();
    await rejectsCode("destroyed", taken);
    assert.deepEqual([handed.length, handed[0].every((byte) => byte === 0)], [1, true]);
  });
});
