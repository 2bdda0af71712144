import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { createRoomSecret, QsecError, QsecSession, type PlaintextDetail } from "@qsec2/sdk";
import { startTestRelay } from "../packages/relay/src/testing/start-relay.js";
import { inEpochOf } from "./support/members.js";

const TEXT = "nothing hides this one";
const disabled = (error: unknown): boolean => error instanceof QsecError && error.code === "plaintext_disabled";

/** A secured room of two on a relay of its own; both clients have the switch as given. */
async function room(
  allowed: { operator: boolean; clients: boolean },
  work: (alice: QsecSession, bob: QsecSession) => Promise<void>,
): Promise<Buffer[]> {
  const relay = await startTestRelay({ pages: false, allowPlaintext: allowed.operator });
  const secret = createRoomSecret();
  const [alice, bob] = ["alice", "bob"].map(
    (username) =>
      new QsecSession({ relay: relay.url, room: "harbour", username, secret, allowPlaintext: allowed.clients }),
  );
  try {
    await alice.connect();
    await bob.connect();
    await Promise.all([alice, bob].map((session) => inEpochOf(session, 2)));
    await work(alice, bob);
    await Promise.all([alice.leave(), bob.leave()]);
    while (relay.stats.audit.waiting > 0) await new Promise((done) => setTimeout(done, 10)); // it is written in batches
    const folder = dirname(relay.db);
    return readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  } finally {
    alice.destroy();
    bob.destroy();
    await relay.close();
  }
}

describe("messages without encryption", () => {
  it("pass where the operator and both clients allow them, as events of their own, and are nowhere stored", async () => {
    const files = await room({ operator: true, clients: true }, async (alice, bob) => {
      const sealed: string[] = [];
      bob.addEventListener("message", ({ detail }) => void sealed.push(detail.text));
      const own: PlaintextDetail[] = [];
      alice.addEventListener("plaintext", ({ detail }) => void own.push(detail));
      const came = new Promise<PlaintextDetail>((resolve) =>
        bob.addEventListener("plaintext", ({ detail }) => resolve(detail), { once: true }),
      );
      const said = await alice.sendPlaintext(TEXT);
      assert.deepEqual(await came, { from: alice.id, fromName: "alice", own: false, text: TEXT });
      assert.deepEqual(own, [said]);
      assert.deepEqual(said, { from: alice.id, fromName: "alice", own: true, text: TEXT });
      assert.deepEqual(sealed, []);
      assert.equal(bob.allowsPlaintext, true);
    });
    assert.ok(files.some((file) => file.includes("[PLAINTEXT_RELAYED] room=harbour sender=alice")));
    assert.ok(files.every((file) => !file.includes(TEXT)));
  });

  for (const allowed of [
    { operator: true, clients: false },
    { operator: false, clients: true },
    { operator: false, clients: false },
  ]) {
    it(`are refused with operator ${allowed.operator} and clients ${allowed.clients}`, async () => {
      const files = await room(allowed, async (alice, bob) => {
        const came: PlaintextDetail[] = [];
        bob.addEventListener("plaintext", ({ detail }) => void came.push(detail));
        await assert.rejects(alice.sendPlaintext(TEXT), disabled);
        const read = new Promise((resolve) => bob.addEventListener("message", resolve, { once: true }));
        await alice.send("sealed as ever");
        await read;
        assert.deepEqual(came, []);
      });
      assert.ok(files.every((file) => !file.includes("PLAINTEXT") && !file.includes(TEXT)));
    });
  }

  it("are refused where one client of the room does not allow them", async () => {
    const relay = await startTestRelay({ pages: false, allowPlaintext: true });
    const secret = createRoomSecret();
    const [alice, bob] = [true, false].map(
      (allowPlaintext, i) =>
        new QsecSession({ relay: relay.url, room: "harbour", username: `member-${i}`, secret, allowPlaintext }),
    );
    try {
      await alice.connect();
      await alice.sendPlaintext(TEXT); // to herself alone
      await bob.connect();
      await Promise.all([alice, bob].map((session) => inEpochOf(session, 2)));
      await assert.rejects(alice.sendPlaintext(TEXT), disabled);
      await assert.rejects(bob.sendPlaintext(TEXT), disabled);
    } finally {
      alice.destroy();
      bob.destroy();
      await relay.close();
    }
  });
});
