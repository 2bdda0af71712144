import assert from "node:assert/strict";
import { test } from "node:test";
import { startCluster } from "./testing/cluster.js";

test(
  "500 people who join a room for 64 at once, over two relays: exactly 64 are in it",
  { timeout: 300_000 },
  async (t) => {
    const { relays, client } = await startCluster(t);
    const crowd = await Promise.all(Array.from({ length: 500 }, async (_, i) => client(i % 2, `user${i}`)));
    const answers = await Promise.all(
      crowd.map(async ({ socket, id, username }) => {
        const request = { version: 1, room: "r", username, id, expected: 64 };
        return (await socket.timeout(120_000).emitWithAck("join", request)) as { ok: boolean; code?: string };
      }),
    );
    const admitted = crowd.filter((_, i) => answers[i].ok);
    assert.equal(admitted.length, 64);
    assert.deepEqual(new Set(answers.filter(({ ok }) => !ok).map(({ code }) => code)), new Set(["room_full"]));
    assert.ok(new Set(admitted.map((each) => crowd.indexOf(each) % 2)).size === 2, "over both relays");
    while (relays.some(({ stats }) => stats.members !== 64)) await new Promise((resolve) => setTimeout(resolve, 50));
    const [first] = admitted;
    await first.ask("leave", {});
    const late = await client(1, "late");
    assert.equal((await late.join("r")).members.length, 64);
  },
);
