import assert from "node:assert/strict";
import { test } from "node:test";
import type { JoinRequest } from "@qsec2/sdk/wire";
import { fakeId } from "../testing/frames.js";
import { MemoryRooms } from "./memory.js";

const [alice, bob, carol] = [fakeId(1), fakeId(2), fakeId(3)];

function request(username: string, id: string, more: Partial<JoinRequest> = {}): JoinRequest {
  return { version: 1, room: "r", username, id, expected: 3, ...more };
}

function rooms(limits = { maxRooms: 10, maxMembers: 64 }): MemoryRooms {
  let tokens = 0;
  return new MemoryRooms(
    limits,
    () => 0,
    () => `token-${++tokens}`,
  );
}

function code(expected: string): (error: unknown) => boolean {
  return (error) => (error as { code?: string }).code === expected;
}

test("the first to join opens the room, sets its capacity and leads", () => {
  const registry = rooms();
  const joined = registry.join(request("alice", alice), "s1");
  assert.equal(joined.created, true);
  assert.deepEqual(registry.userList("r"), {
    members: [{ id: alice, username: "alice", online: true }],
    leader: alice,
    expected: 3,
  });
  assert.equal(registry.join(request("bob", bob, { expected: 9 }), "s2").created, false);
  assert.equal(registry.userList("r").expected, 3);
  assert.deepEqual([registry.rooms, registry.members], [1, 2]);
});

test("a socket holds one seat, an id has one seat, a name has one seat, and a room has as many as it was opened for", () => {
  const registry = rooms();
  registry.join(request("alice", alice, { expected: 2 }), "s1");
  assert.throws(() => registry.join(request("bob", bob), "s1"), code("already_joined"));
  assert.throws(() => registry.join(request("alice2", alice), "s2"), code("id_taken"));
  assert.throws(() => registry.join(request("alice2", alice, { resume: "guess" }), "s2"), code("id_taken"));
  assert.throws(() => registry.join(request("ＡLICE", bob), "s2"), code("name_taken"));
  registry.join(request("bob", bob), "s2");
  assert.throws(() => registry.join(request("carol", carol), "s3"), code("room_full"));
});

test("a name and an id are free again, and in another room they always were", () => {
  const registry = rooms();
  registry.join(request("alice", alice), "s1");
  registry.join(request("alice", alice, { room: "other" }), "s2");
  registry.depart("r", alice);
  assert.equal(registry.join(request("alice", bob), "s3").created, true);
});

test("a resume token takes the seat back, also from a socket that seems to be alive", () => {
  const registry = rooms();
  const { seat } = registry.join(request("alice", alice), "s1");
  registry.disconnect("s1");
  assert.equal(registry.userList("r").members[0].online, false);
  const back = registry.join(request("alice", alice, { resume: seat.resume }), "s2");
  assert.deepEqual([back.resumed, back.replaced], [true, undefined]);
  const again = registry.join(request("alice", alice, { resume: seat.resume }), "s3");
  assert.deepEqual([again.resumed, again.replaced], [true, "s2"]);
  assert.equal(registry.disconnect("s2"), undefined, "the old socket holds nothing any more");
  assert.equal(registry.seatOf("s3")?.id, alice);
  assert.equal(registry.members, 1);
});

test("when the leader leaves, the next in the order of joining leads; when another leaves, nothing changes", () => {
  const registry = rooms();
  registry.join(request("alice", alice), "s1");
  registry.join(request("bob", bob), "s2");
  registry.join(request("carol", carol), "s3");
  assert.equal(registry.depart("r", bob)?.newLeader, undefined);
  const departure = registry.depart("r", alice);
  assert.deepEqual([departure?.newLeader?.id, departure?.remaining], [carol, 1]);
  assert.equal(registry.userList("r").leader, carol);
});

test("with its last member a room is gone, with its keys and its sequence numbers", () => {
  const registry = rooms();
  const { seat } = registry.join(request("alice", alice), "s1");
  registry.keepPublicKey(seat, "key");
  assert.equal(registry.nextSequence("r"), 1);
  assert.equal(registry.nextSequence("r"), 2);
  assert.equal(registry.depart("r", alice)?.remaining, 0);
  assert.equal(registry.depart("r", alice), undefined);
  assert.deepEqual([registry.rooms, registry.members, registry.seatOf("s1")], [0, 0, undefined]);
  registry.join(request("alice", alice), "s2");
  assert.deepEqual(registry.publicKeys("r"), []);
  assert.equal(registry.nextSequence("r"), 1);
});

test("a member's public key is replaced by a newer one and goes with the member", () => {
  const registry = rooms();
  const { seat } = registry.join(request("alice", alice), "s1");
  registry.join(request("bob", bob), "s2");
  registry.keepPublicKey(seat, "first");
  registry.keepPublicKey(seat, "second");
  assert.deepEqual(registry.publicKeys("r"), [{ from: alice, frame: "second" }]);
  registry.depart("r", alice);
  assert.deepEqual(registry.publicKeys("r"), []);
});

test("no more rooms are opened than allowed, and no larger ones", () => {
  const registry = rooms({ maxRooms: 1, maxMembers: 4 });
  assert.throws(() => registry.join(request("alice", alice, { expected: 5 }), "s1"), code("bad_expected"));
  registry.join(request("alice", alice, { expected: 4 }), "s1");
  assert.throws(() => registry.join(request("bob", bob, { room: "other" }), "s2"), code("room_limit"));
  assert.equal(registry.join(request("bob", bob, { expected: 64 }), "s2").created, false, "ignored of later joiners");
});

test("room names that are names of JavaScript's own are names like any other", () => {
  const registry = rooms();
  assert.equal(registry.join(request("alice", alice, { room: "__proto__" }), "s1").created, true);
  assert.equal(registry.member("constructor", alice), undefined);
  assert.equal(registry.userList("__proto__").members.length, 1);
});
