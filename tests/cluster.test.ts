import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createRoomSecret, QsecSession } from "@qsec2/sdk";
import { startProxy } from "../examples/cluster/proxy.mjs";
import { startRedis } from "../packages/relay/src/testing/redis.js";
import { Conversation } from "./support/conversation.js";
import { inEpochOf } from "./support/members.js";
import { startRelayAt, startTroubledRelay, type CrashingRelay } from "./support/relay-process.js";
import { runProgram } from "./support/program.js";

interface Cluster {
  readonly relays: readonly CrashingRelay[];
  /** A session over this address; it ends with the test. */
  readonly session: (url: string, username: string) => QsecSession;
}

async function cluster(t: TestContext): Promise<Cluster> {
  const redis = await startRedis(t);
  const relays: CrashingRelay[] = [];
  for (const [i] of [0, 1].entries()) {
    const relay = await startRelayAt(0, "none", "--redis", redis.url, "--history", "3600");
    relays[i] = relay;
    redis.before(() => relay.kill());
  }
  const secret = createRoomSecret();
  const session = (url: string, username: string): QsecSession => {
    const made = new QsecSession({ relay: url, room: "shared", username, expected: 3, secret, profile: "classic" });
    redis.before(() => made.destroy());
    return made;
  };
  return { relays, session };
}

/** What others have said, as this one has read it. */
function readBy(session: QsecSession): string[] {
  const read: string[] = [];
  session.addEventListener("message", ({ detail }) => void (detail.own || read.push(detail.text)));
  return read;
}

async function has(read: readonly string[], count: number): Promise<void> {
  while (read.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("members with two relays on one Redis complete the BB84 handshake and talk", { timeout: 120_000 }, async (t) => {
  const { relays, session } = await cluster(t);
  const [alice, bob, carol] = [
    session(relays[0].url, "alice"),
    session(relays[1].url, "bob"),
    session(relays[0].url, "carol"),
  ];
  const read = [alice, bob, carol].map(readBy);
  for (const each of [alice, bob, carol]) await each.connect();
  await Promise.all([alice, bob, carol].map(async (each) => inEpochOf(each, 3)));
  assert.equal(new Set([alice, bob, carol].map(({ epoch }) => epoch!.roomCode)).size, 1);
  await alice.send("from A");
  await bob.send("from B");
  await has(read[2], 2);
  await has(read[0], 1);
  await has(read[1], 1);
  assert.deepEqual(read, [["from B"], ["from A"], ["from A", "from B"]]);
  const published = new Promise((resolve) =>
    bob.addEventListener("published", ({ detail }) => resolve(detail), { once: true }),
  );
  await alice.publish("cursor", Uint8Array.of(4, 2));
  assert.deepEqual(await published, {
    ...{ from: alice.id, fromName: "alice" },
    ...{ type: "cursor", data: Uint8Array.of(4, 2) },
  });
});

test(
  "when one of two relays is killed in mid-conversation, nothing acknowledged is lost or doubled",
  { timeout: 180_000 },
  async (t) => {
    const { relays, session } = await cluster(t);
    const ports = relays.map(({ url }) => Number(new URL(url).port));
    const proxy = await startProxy(ports);
    t.after(() => proxy.close());
    // In turn: alice is with the first relay, bob with the second, carol with the first.
    const sessions = ["alice", "bob", "carol"].map((username) => session(proxy.url, username));
    const read = sessions.map(readBy);
    for (const each of sessions) await each.connect();
    await Promise.all(sessions.map(async (each) => inEpochOf(each, 3)));
    const acknowledged: string[][] = [[], [], []];
    let killed: Promise<void> | undefined;
    await Promise.all(
      sessions.map(async (each, who) => {
        for (let i = 0; i < 40; i++) {
          await each.send(`${who}-${i}`);
          acknowledged[who].push(`${who}-${i}`);
          if (who === 1 && i === 15) killed = relays[0].kill();
        }
      }),
    );
    await killed;
    for (const [reader, texts] of read.entries()) {
      const expected = acknowledged.flatMap((said, who) => (who === reader ? [] : said));
      await has(texts, expected.length);
      await sessions[reader].secured();
      assert.deepEqual([...texts].sort(), expected.sort(), "each once");
    }
    // Bob's link held all the time; to the others what they have missed was said once more, after what came meanwhile.
    for (const who of [0, 2]) {
      const from = read[1].filter((text) => text.startsWith(`${who}-`));
      assert.deepEqual(from, acknowledged[who], "in the order of their sender");
    }
  },
);

test(
  "examples/cluster: one command starts Redis, two relays and a proxy, and people talk over it, also when one of the relays is killed",
  { timeout: 120_000 },
  async () => {
    const program = runProgram("examples/cluster/start.mjs", [], { env: { PORT: "0" } });
    const secret = createRoomSecret();
    const sessions: QsecSession[] = [];
    try {
      const url = (await program.says(/Open http:\S+/)).slice("Open ".length);
      const page = await fetch(url);
      assert.equal(page.status, 200, "the landing page");
      for (const username of ["alice", "bob"]) {
        const session = new QsecSession({ relay: url, room: "example", username, secret, profile: "classic" });
        sessions.push(session);
        await session.connect();
      }
      const read = readBy(sessions[1]);
      await Promise.all(sessions.map(async (each) => inEpochOf(each, 2)));
      await sessions[0].send("Hello over two relays.");
      await has(read, 1);
      assert.deepEqual(read, ["Hello over two relays."]);
      const [victim] = /\d+/.exec(await program.says(/processes \d+ and \d+/))!;
      process.kill(Number(victim), "SIGKILL");
      await program.says(/the other one goes on/);
      await sessions[0].send("And over one.");
      await has(read, 2);
    } finally {
      for (const session of sessions) session.destroy();
      assert.equal(await program.stop(), 0);
    }
  },
);

test(
  "Redis that is stopped and started in mid-conversation costs nothing that was acknowledged, and both relays say so",
  { timeout: 180_000 },
  async (t) => {
    const redis = await startRedis(t);
    const relays: CrashingRelay[] = [];
    for (let i = 0; i < 2; i++) {
      const relay = await startTroubledRelay(0, "none", "--redis", redis.url);
      relays.push(relay);
      redis.before(() => relay.kill());
    }
    const conversation = await Conversation.between(t, relays[0].url, relays[1].url);
    await conversation.goesOn();
    await redis.stop();
    for (const relay of relays) await relay.complains(/Redis cannot be used/);
    await redis.start();
    for (const relay of relays) await relay.complains(/Redis is used again/);
    await conversation.goesOn();
    await conversation.finished();
    for (const { complaints } of relays) assert.equal(complaints.length, 2, complaints.join("\n"));
  },
);
