import assert from "node:assert/strict";
import { test } from "node:test";
import { startCluster } from "./testing/cluster.js";

test(
  "500 people who join a room for 64 at once, over two relays: exactly 64 are in it",
  { timeout: 300_000 },
  async (t) => {
    const { relays, client } = await startCluster(t);
    const crowd = await Promise.all(Array.from({ length: 500 }, async (_, i) => client(i % 2, `user${i}`)));
    const join = async ({ socket, id, username }: (typeof crowd)[number]): Promise<{ ok: boolean; code?: string }> => {
      const request = { version: 1, room: "r", username, id, expected: 64 };
      return (await socket.timeout(120_000).emitWithAck("join", request)) as { ok: boolean; code?: string };
    };
    // One at each relay is there before: of the others, all that are in may be at the relay that was asked first.
    const early = [await join(crowd[0]), await join(crowd[1])];
    const answers = [...early, ...(await Promise.all(crowd.slice(2).map(join)))];
    const admitted = crowd.filter((_, i) => answers[i].ok);
    assert.equal(admitted.length, 64);
    assert.deepEqual(new Set(answers.filter(({ ok }) => !ok).map(({ code }) => code)), new Set(["room_full"]));
    assert.deepEqual(
      early.map(({ ok }) => ok),
      [true, true],
    );
    while (relays.some(({ stats }) => stats.members !== 64)) await new Promise((resolve) => setTimeout(resolve, 50));
    const [first] = admitted;
    await first.ask("leave", {});
    const late = await client(1, "late");
    assert.equal((await late.join("r")).members.length, 64);
  },
);
