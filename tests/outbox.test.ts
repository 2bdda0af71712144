import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { inEpochOf, inState } from "./support/members.js";
import { startRelayAt } from "./support/relay-process.js";

test("what is said while the relay is dead arrives once and in order after its restart, over the keys from before", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-outbox-"));
  const database = join(folder, "qsec2.db");
  let relay = await startRelayAt(0, database);
  const secret = createRoomSecret();
  const [alice, bob] = ["alice", "bob"].map(
    (username) => new QsecSession({ relay: relay.url, room: "outbox", username, secret, profile: "classic" }),
  );
  const read: string[] = [];
  bob.addEventListener("message", ({ detail }) => void (detail.own || read.push(detail.text)));
  try {
    await alice.connect();
    await bob.connect();
    await Promise.all([inEpochOf(alice, 2), inEpochOf(bob, 2)]);
    const { roomCode } = alice.epoch!;
    await alice.send("before");
    const down = Promise.all([inState(alice, "reconnecting"), inState(bob, "reconnecting")]);
    await relay.kill();
    await down;
    const said = Promise.all(["one", "two", "three"].map((text) => alice.send(text)));
    relay = await startRelayAt(Number(new URL(relay.url).port), database);
    await said;
    const everything = new Promise<void>((resolve) => {
      alice.addEventListener("delivered", ({ detail }) => {
        if (detail.seq === 3) resolve();
      });
    });
    await everything;
    assert.deepEqual(read, ["before", "one", "two", "three"]);
    assert.equal(alice.epoch!.roomCode, roomCode);
  } finally {
    alice.destroy();
    bob.destroy();
    await relay.kill();
    await rm(folder, { recursive: true });
  }
});
