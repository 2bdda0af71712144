import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { createRoomSecret, QsecSession, type QsecSessionOptions } from "@qsec2/sdk";
import { ANNOUNCE_BYTES } from "@qsec2/sdk/wire";
import { startTestRelay } from "../packages/relay/src/testing/start-relay.js";
import { heardBy, inEpochOf } from "./support/members.js";
import { recordingProxy } from "./support/recording-proxy.js";
import { leaked, recordSecrets, withoutEncryption, type Secret } from "./support/secrets.js";

const TEXTS = [
  "meet me at the old harbour at nine",
  "bring the blue umbrella, not the red one",
  "carol has left, now tell me",
];
const roomSecret = createRoomSecret();

/** Three people talk over a real relay; one leaves. Returns all that crossed the sockets and stands in the database. */
async function conversation(admission: "link" | "verify"): Promise<Uint8Array[]> {
  const relay = await startTestRelay();
  const proxy = await recordingProxy(relay.url);
  const member = (username: string): QsecSession => {
    const options: QsecSessionOptions = { relay: proxy.url, room: "harbour", username, expected: 3, admission };
    const session = new QsecSession(admission === "link" ? { ...options, secret: roomSecret } : options);
    session.addEventListener("verify", ({ detail }) => void session.confirm(detail.peer.id));
    return session;
  };
  const [alice, bob, carol] = [member("alice"), member("bob"), member("carol")];
  for (const session of [alice, bob, carol]) await session.connect();
  await Promise.all([alice, bob, carol].map((session) => inEpochOf(session, 3)));
  await heardBy([bob, carol], () => alice.send(TEXTS[0]));
  await heardBy([alice, carol], () => bob.send(TEXTS[1]));
  const shrunk = Promise.all([alice, bob].map((session) => inEpochOf(session, 2)));
  await carol.leave();
  await shrunk;
  await heardBy([bob], () => alice.send(TEXTS[2]));
  await Promise.all([alice.leave(), bob.leave()]);
  await new Promise((done) => setTimeout(done, 300)); // the audit log is written in batches
  const folder = dirname(relay.db);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  await proxy.close();
  await relay.close();
  assert.ok(
    files.some((file) => file.includes("[MSG_RELAYED]")),
    "the database has the conversation's log",
  );
  return [...proxy.messages, ...files];
}

/** The initiator's nonce stands in the clear in M1 by design: ver, kind, announce hash[32], id[32], nonce[32]. */
function publicNonces(seen: readonly Uint8Array[]): Set<string> {
  const frames = seen.flatMap(
    (message) =>
      Buffer.from(message)
        .toString("latin1")
        .match(/[A-Za-z0-9_-]{1000,}/g) ?? [],
  );
  const m1 = frames
    .map((frame) => Buffer.from(frame, "base64"))
    .filter((frame) => frame[1] === 1 && frame.length > ANNOUNCE_BYTES);
  return new Set(m1.map((frame) => frame.subarray(66, 98).toString("hex")));
}

async function leaksOf(
  run: (work: () => Promise<void>) => Promise<void>,
  admission: "link" | "verify",
): Promise<string[]> {
  let seen: Uint8Array[] = [];
  const recorded = await recordSecrets(() => run(async () => void (seen = await conversation(admission))));
  const nonces = publicNonces(seen);
  assert.ok(nonces.size >= 2, "the handshakes crossed the sockets");
  const drawn = recorded.filter(({ bytes }) => !nonces.has(Buffer.from(bytes).toString("hex")));
  assert.equal(drawn.length, recorded.length - nonces.size, "each public nonce was drawn once");
  const texts = TEXTS.map((text): Secret => ({ name: "plaintext", bytes: Buffer.from(text) }));
  return leaked(seen, [...drawn, ...texts, { name: "room secret", bytes: Buffer.from(roomSecret, "base64url") }]);
}

describe("whoever owns the relay", () => {
  for (const admission of ["link", "verify"] as const) {
    it(`finds no plaintext, secret or key in all that crosses the sockets and in the database (${admission})`, async () => {
      assert.deepEqual(await leaksOf((work) => work(), admission), []);
    });
  }

  it("would find qubits, bases, room keys and plaintexts if the handshake leaked: this test can fail", async () => {
    const found = await leaksOf(withoutEncryption, "link");
    for (const name of [
      "plaintext",
      "random draw of 1024 bytes",
      "random draw of 512 bytes",
      "random draw of 32 bytes",
    ]) {
      assert.ok(found.includes(name), `${name} is not among ${found.join(", ")}`);
    }
  });
});
