import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeId } from "../testing/frames.js";
import { registryContract } from "../testing/registry-contract.js";
import { MemoryRooms } from "./memory.js";

registryContract("in memory", async (_, limits) => {
  let now = 0;
  const rooms = new MemoryRooms(
    limits,
    () => 0,
    undefined,
    () => now,
  );
  return { rooms, others: rooms, wait: (seconds) => (now += seconds * 1000) };
});

test("in memory: everything is answered at once, so that one process waits for nothing", () => {
  const rooms = new MemoryRooms({ maxRooms: 1, maxMembers: 2, grace: 0 });
  const alice = { version: 1, room: "r", username: "alice", id: fakeId(1), expected: 2 } as const;
  const { seat } = rooms.join(alice, "s1");
  rooms.keepPublicKey(seat, "key");
  assert.deepEqual(
    [rooms.member("r", alice.id)?.sid, rooms.nextSequence("r"), rooms.lastSequence("r"), rooms.publicKeys("r").length],
    ["s1", 1, 1, 1],
  );
  assert.deepEqual([rooms.rooms, rooms.members], [1, 1]);
  rooms.disconnect("s1");
  assert.equal(rooms.overdue().departed.length, 1);
  assert.deepEqual([rooms.rooms, rooms.members], [0, 0]);
});

test("in memory: the messages of a room that is opened are counted on from those that are kept", () => {
  const rooms = new MemoryRooms({ maxRooms: 1, maxMembers: 2, grace: 0 }, (room) => room.length);
  rooms.join({ version: 1, room: "four", username: "alice", id: fakeId(1), expected: 2 }, "s1");
  assert.deepEqual([rooms.lastSequence("four"), rooms.nextSequence("four")], [4, 5]);
});
