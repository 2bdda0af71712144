import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { KIND, toBase64url } from "@qsec2/sdk/wire";
import { REFUSED } from "./counters.js";
import { createRelay } from "./relay.js";
import { startCluster } from "./testing/cluster.js";
import { fixture } from "./testing/fixture.js";
import { fakeAnnounce, fakeFrame } from "./testing/frames.js";
import { metricsPage, type MetricsPage } from "./testing/metrics-page.js";
import { handshake, statusOf } from "./testing/raw-http.js";
import { lockedAudit } from "./testing/sqlite.js";
import { startTestRelay } from "./testing/start-relay.js";

const group = fakeFrame(KIND.GROUP, 288);

/** Reads until it is so: what is written on another thread, or told by another process, comes when it comes. */
async function until(url: string, holds: (values: MetricsPage["values"]) => boolean): Promise<MetricsPage> {
  for (;;) {
    const page = await metricsPage(url);
    if (holds(page.values)) return page;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("the metrics move with what happens on real sockets", async (t) => {
  const { relay, client, member } = await fixture(t, { metrics: 0, history: 3_600 });
  const before = (await metricsPage(relay.metricsUrl!)).values;
  for (const reason of REFUSED) assert.equal(before.get(`refused_total{reason="${reason}"}`), 0, reason);
  assert.deepEqual([before.get("connections"), before.get("rooms"), before.get("ready")], [0, 0, 1]);
  assert.equal(before.has("redis_up"), false, "there is no Redis that could be down");

  const [alice, bob] = [await member("alice", "r", 3), await member("bob", "r")];
  await alice.ask("announce_pubkey", {}, fakeAnnounce());
  await bob.ask("group_message", {}, group);
  await bob.ask("store_encrypted", {}, group);
  await alice.ask("encrypted_message", { to: bob.id }, group.slice(0, -4));
  await alice.ask("blob_put", { blob: toBase64url(new Uint8Array(16)), part: 0, parts: 1 }, Buffer.alloc(1_000));
  await (await client("carol")).ask("group_message", {}, group);
  assert.equal(await statusOf(relay.port, handshake({ Origin: "https://evil.example" })), 400);

  const { values } = await until(relay.metricsUrl!, (now) => now.get("audit_rows_waiting") === 0);
  assert.deepEqual(
    {
      connections: values.get("connections"),
      rooms: values.get("rooms"),
      members: values.get("members"),
      messages: values.get("messages_passed_total"),
      bytes: values.get("messages_passed_bytes_total"),
      files: [values.get("files"), values.get("files_bytes")],
      kept: [values.get("kept_messages"), values.get("kept_messages_bytes")],
      origin: values.get('refused_total{reason="origin"}'),
      notJoined: values.get('refused_total{reason="not_joined"}'),
      malformed: values.get('refused_total{reason="frame_malformed"}'),
      dropped: values.get("audit_rows_dropped_total"),
    },
    {
      ...{ connections: 3, rooms: 1, members: 2, messages: 2, bytes: 2 * group.length },
      ...{ files: [1, 1_000], kept: [1, 288], origin: 1, notJoined: 1, malformed: 1, dropped: 0 },
    },
  );
  const { written } = relay.stats.audit;
  assert.ok(written > 0);
  assert.equal(values.get("audit_rows_written_total"), written);
  for (const name of ["process_resident_memory_bytes", "nodejs_heap_size_used_bytes", "process_cpu_seconds_total"])
    assert.ok(values.get(name)! > 0, name);
  const delays = ["p50", "p90", "p99", "max"].map((which) => values.get(`event_loop_delay_${which}_seconds`)!);
  assert.deepEqual(
    delays,
    [...delays].sort((a, b) => a - b),
  );
  bob.close();
  await until(relay.metricsUrl!, (now) => now.get("connections") === 2);
});

test("what is held for a member whose link is down shows in the metrics", async (t) => {
  const { relay, client, member } = await fixture(t, { metrics: 0 });
  const [alice, bob] = [await member("alice", "r"), await client("bob")];
  await bob.join("r", { ring: { epoch: "", seq: 0 } });
  await alice.ask("group_message", {}, group);
  const { values } = await metricsPage(relay.metricsUrl!);
  assert.equal(values.get("ring_frames"), relay.stats.ring.frames);
  assert.ok(values.get("ring_frames")! > 0);
  assert.ok(values.get("ring_bytes")! > group.length);
});

test("an event loop that stood still shows as late timers once, not for ever", async (t) => {
  const { relay } = await fixture(t, { metrics: 0 });
  const worst = async (): Promise<number> =>
    (await metricsPage(relay.metricsUrl!)).values.get("event_loop_delay_max_seconds")!;
  let seen = 0;
  while (seen < 0.4) {
    await new Promise((resolve) => setTimeout(resolve, 50)); // what comes right after a reading is not measured
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen = await worst();
  }
  assert.ok((await worst()) < seen, "the next reading does not have it any more");
});

test("a log that cannot be written shows as rows that wait, as failures, and as rows that were dropped", async (t) => {
  const { audit } = await lockedAudit(t, { queueMax: 3 });
  const { relay, member } = await fixture(t, { metrics: 0, audit });
  const alice = await member("alice", "r");
  for (let i = 0; i < 5; i++) await alice.ask("msg_decrypted", { iv: 12 });
  const { values } = await until(relay.metricsUrl!, (now) => now.get("audit_failures_total")! > 0);
  assert.ok(values.get("audit_rows_dropped_total")! > 0);
  assert.ok(values.get("audit_rows_waiting")! > 0);
});

test("names are as Prometheus has them: base units last, `_total` for what only grows, and no label that it keeps for itself", async (t) => {
  const { relays } = await startCluster(t, { metrics: 0 });
  const { text } = await metricsPage(relays[0].metricsUrl!);
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => ({ name, type }));
  assert.ok(names.length > 25);
  for (const { name, type } of names) {
    const unit = /(bytes|seconds)(_total)?$/.test(name);
    assert.match(name, /^(qsec2_relay|process|nodejs)(_[a-z0-9]+)+$/);
    assert.equal(/_(bytes|seconds)/.test(name), unit, `${name}: a unit stands last`);
    assert.doesNotMatch(name, /_(milliseconds|ms|us|ns|minutes|kib|mib|kilobytes|megabytes|percent|ratio_percent)\b/);
    assert.doesNotMatch(name, /_(gauge|counter|count|sum|bucket|info)$/, `${name}: kept for what Prometheus makes`);
    assert.equal(type, name.endsWith("_total") ? "counter" : "gauge", name);
  }
  assert.doesNotMatch(text, /[{,](le|quantile|job|instance|__[a-z]+)=/);
});

test("no name of a room or a person, no key and no address is anywhere in the metrics", async (t) => {
  const { relay, client, member } = await fixture(t, { metrics: 0 });
  const [alice, bob] = [await member("alicia", "secret-garden", 3), await member("bobby", "secret-garden")];
  await alice.ask("group_message", {}, group);
  await alice.ask("alicia-says", { to: bob.id });
  await assert.rejects((await client("bobby")).join("secret-garden"));
  const { text } = await metricsPage(relay.metricsUrl!);
  for (const name of ["alicia", "secret-garden", "bobby", alice.id, bob.id, group, "127.0.0.1", "::1"])
    assert.ok(!text.includes(name), name);
  const labels = [...text.matchAll(/([a-z]+)="/g)].map(([, label]) => label);
  assert.deepEqual(new Set(labels), new Set(["reason"]));
});

test("with Redis the metrics say whether it can be used", async (t) => {
  const { redis, relays, member } = await startCluster(t, { metrics: 0 });
  const [url] = relays.map(({ metricsUrl }) => metricsUrl!);
  const alice = await member(0, "alice", "r");
  assert.equal((await metricsPage(url)).values.get("redis_up"), 1);
  await redis.stop();
  assert.equal((await alice.ask("group_message", {}, group)).code, "draining");
  const { values } = await until(url, (now) => now.get("redis_up") === 0);
  assert.equal(values.get("ready"), 0);
  await redis.start();
  await until(url, (now) => now.get("redis_up") === 1 && now.get("ready") === 1);
});

test("the metrics are at one path of their own port, of this machine's own address and name, and end with the relay", async (t) => {
  const { relay } = await fixture(t, { metrics: 0 });
  const { hostname, port, origin, pathname } = new URL(relay.metricsUrl!);
  assert.deepEqual([hostname, pathname], ["127.0.0.1", "/metrics"]);
  assert.notEqual(Number(port), relay.port);
  assert.equal((await fetch(`${relay.url}/metrics`)).status, 404, "not on the relay's own port");
  assert.equal((await fetch(origin)).status, 404);
  const posted = await fetch(relay.metricsUrl!, { method: "POST" });
  assert.deepEqual([posted.status, posted.headers.get("allow")], [405, "GET"]);
  const ask = (host: string): Promise<number> =>
    statusOf(Number(port), `GET /metrics HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  assert.deepEqual([await ask("evil.example"), await ask("localhost:9464"), await ask("127.0.0.1")], [403, 200, 200]);
  const other = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal);
  if (other) await assert.rejects(fetch(`http://${other.address}:${port}/metrics`), "nobody else reaches the port");
  await relay.close();
  await assert.rejects(fetch(relay.metricsUrl!));
});

test("without the option there is no port, and with one in use there is no relay and the server stays as it was", async (t) => {
  const { relay } = await fixture(t);
  assert.equal(relay.metricsUrl, undefined);
  const taken = createServer((_, response) => response.end("mine"));
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  t.after(() => taken.close());
  const { port: metrics } = taken.address() as AddressInfo;
  const inUse = {
    code: "bad_option",
    message: `Port ${metrics} on 127.0.0.1 is in use; stop what listens there, or choose another port (option --metrics).`,
  };
  await assert.rejects(startTestRelay({ pages: false, metrics }), inUse);
  await assert.rejects(createRelay(taken, { db: false, logLevel: "silent", metrics }), inUse);
  const status = await new Promise((resolve) =>
    request({ port: metrics, path: "/socket.io/" }, ({ statusCode }) => resolve(statusCode)).end(),
  );
  assert.equal(status, 200, "its owner answers");
});
