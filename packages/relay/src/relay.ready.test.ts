import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "@qsec2/sdk/wire";
import { startCluster } from "./testing/cluster.js";
import { fixture } from "./testing/fixture.js";
import { fakeFrame } from "./testing/frames.js";
import { lockedAudit } from "./testing/sqlite.js";

interface Said {
  readonly status: number;
  readonly body: unknown;
}

async function ask(url: string, path = "/readyz"): Promise<Said> {
  const answer = await fetch(url + path);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  return { status: answer.status, body: await answer.json() };
}

test("a relay that stops is not ready, and says why while its log is still being written", async (t) => {
  const { audit, heal } = await lockedAudit(t);
  const { relay, member } = await fixture(t, { audit });
  const alice = await member("alice", "r");
  assert.deepEqual(await ask(relay.url), { status: 200, body: { ok: true } });
  assert.deepEqual(relay.readiness, { ok: true });
  const closed = relay.close();
  assert.equal((await alice.next("relay_error")).code, "draining");
  assert.deepEqual(await ask(relay.url), { status: 503, body: { ok: false, reason: "draining" } });
  assert.deepEqual(await ask(relay.url, "/healthz"), { status: 200, body: { ok: true } }, "nothing is wrong with it");
  heal();
  await closed;
  await assert.rejects(ask(relay.url), "nobody listens any more");
});

test("a relay whose Redis is down is not ready, and is again by itself", async (t) => {
  const { redis, relays, member } = await startCluster(t);
  const [{ url }, other] = relays;
  const alice = await member(0, "alice", "r");
  assert.deepEqual(await ask(url), { status: 200, body: { ok: true } });
  await redis.stop();
  assert.equal((await alice.ask("group_message", {}, fakeFrame(KIND.GROUP, 288))).code, "draining");
  assert.deepEqual(await ask(url), { status: 503, body: { ok: false, reason: "redis" } });
  assert.deepEqual(await ask(url, "/healthz"), { status: 200, body: { ok: true } }, "a restart would not help");
  await redis.start();
  for (const each of [url, other.url]) {
    while ((await ask(each)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
  }
});
