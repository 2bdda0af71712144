import assert from "node:assert/strict";
import { test } from "node:test";
import { RedisLink } from "../redis/link.js";
import { RedisPlace } from "../redis/place.js";
import { fakeId } from "../testing/frames.js";
import { openLink, startRedis, type TestRedis } from "../testing/redis.js";
import { registryContract } from "../testing/registry-contract.js";
import { RedisRooms, type RedisRoomsOptions } from "./redis.js";

const NEVER = 2 ** 40;
const LIMITS = { maxRooms: 10, maxMembers: 64, grace: 10 };
const alice = { version: 1, room: "r", username: "alice", id: fakeId(1), expected: 2 } as const;

async function relayOn(redis: TestRedis, options: Partial<RedisRoomsOptions> & { now?: () => number } = {}) {
  const lost: string[] = [];
  const all = { life: NEVER, onLost: (sid: string) => lost.push(sid), ...options };
  const place = new RedisPlace(await openLink(redis), "q:", options.now);
  const rooms = await RedisRooms.open(place, LIMITS, all);
  return { rooms, lost };
}

registryContract("in Redis", async (t, limits) => {
  const redis = await startRedis(t);
  let now = 1_000_000;
  const options = { life: NEVER, onLost: () => {} };
  const open = async (): Promise<RedisRooms> =>
    RedisRooms.open(new RedisPlace(await openLink(redis), "q:", () => now), limits, options);
  return { rooms: await open(), others: await open(), wait: (seconds) => (now += seconds * 1000) };
});

test("in Redis: a relay that is silent for too long is dead, and its members have the grace time to come back", async (t) => {
  const redis = await startRedis(t);
  let now = 1_000_000;
  const options = { life: 50, now: () => now };
  const { rooms: dying, lost } = await relayOn(redis, options);
  const { rooms } = await relayOn(redis, options);
  const { seat } = await dying.join(alice, "s1");
  await dying.join({ ...alice, username: "bob", id: fakeId(2) }, "s2");
  await rooms.overdue();
  now += 100;
  const dropped = [];
  // Whoever judges must have watched for as long as it says the other was silent; that time is not Redis's.
  while (dropped.length < 2) {
    dropped.push(...(await rooms.overdue()).dropped);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.deepEqual(new Set(dropped.map((drop) => drop.seat.username)), new Set(["alice", "bob"]));
  assert.deepEqual(
    dropped.at(-1)?.list.members.map(({ online }) => online),
    [false, false],
  );
  const back = await rooms.join({ ...alice, resume: seat.resume }, "s3");
  assert.deepEqual([back.resumed, back.replaced], [true, undefined]);
  now += 10_000;
  const { departed } = await rooms.overdue();
  assert.deepEqual(
    departed.map((departure) => departure.seat.username),
    ["bob"],
  );
  await dying.overdue(); // it was not dead after all
  assert.deepEqual([lost.sort(), dying.seatOf("s1")], [["s1", "s2"], undefined]);
  const other = { ...alice, username: "carol", id: fakeId(3) };
  assert.equal((await dying.join(other, "s4")).list.members.length, 2, "and goes on under a new name");
});

test("in Redis: when everything there is lost, the sockets are told to join again", async (t) => {
  const redis = await startRedis(t);
  const { rooms, lost } = await relayOn(redis);
  await rooms.join(alice, "s1");
  const link = await openLink(redis);
  await link.run((client) => client.flushall());
  await assert.rejects(rooms.nextSequence("r"), { code: "not_joined" });
  await rooms.overdue();
  assert.deepEqual(lost, ["s1"]);
  assert.equal((await rooms.join(alice, "s2")).created, true);
  assert.deepEqual([rooms.rooms, rooms.members], [0, 0]);
  await rooms.overdue();
  assert.deepEqual([rooms.rooms, rooms.members, lost.length], [1, 1, 1]);
});

test("in Redis: a socket that went while Redis was away gives its seat back later, the others keep theirs", async (t) => {
  const redis = await startRedis(t);
  const failures: string[] = [];
  const told = { onFailure: (reason: string) => failures.push(reason), onRecovery: () => failures.push("back") };
  const link = await RedisLink.open(redis.url, told);
  redis.before(() => link.close());
  const lost: string[] = [];
  const options = { life: NEVER, onLost: (sid: string) => lost.push(sid) };
  const rooms = await RedisRooms.open(new RedisPlace(link, "q:"), LIMITS, options);
  await rooms.join(alice, "s1");
  await rooms.join({ ...alice, username: "bob", id: fakeId(2) }, "s2");
  await redis.stop();
  const [drop, number, overdue] = await Promise.allSettled([
    rooms.disconnect("s1"),
    rooms.nextSequence("r"),
    rooms.overdue(),
  ]);
  for (const each of [drop, number])
    assert.equal(each.status === "rejected" && (each.reason as { code?: string }).code, "draining");
  assert.deepEqual(overdue, { status: "fulfilled", value: { dropped: [], departed: [] } });
  assert.equal(link.isReady, false);
  assert.equal(failures.length, 1, "told once");
  await redis.start();
  while (!link.isReady) await new Promise((resolve) => setTimeout(resolve, 10));
  const { dropped } = await rooms.overdue();
  assert.deepEqual(
    dropped.map(({ seat }) => seat.username),
    ["alice"],
  );
  assert.deepEqual([link.isReady, failures.at(-1), lost], [true, "back", []]);
});
