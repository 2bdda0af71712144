import assert from "node:assert/strict";
import { test } from "node:test";
import { Redis } from "ioredis";
import { startRedis } from "../testing/redis.js";
import { quiet } from "./quiet.js";

test("a client that is closed while it subscribes, or selects, ends no process; who waits for it hears of it", async (t) => {
  const redis = await startRedis(t);
  const client = quiet(new Redis(redis.url, { lazyConnect: true }));
  client.on("error", () => {});
  const subscribed = client.subscribe("channel");
  void client.select(1);
  client.disconnect();
  await assert.rejects(subscribed, /closed/);
  // An unheard rejection would fail this test by now.
  await new Promise(setImmediate);
});
