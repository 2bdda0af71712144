import assert from "node:assert/strict";
import { test } from "node:test";
import { readVisit, roomAddress } from "./room-address.js";

const visit = (address: string, kept: string | null = null) =>
  readVisit(new URL(address, "http://relay.example"), kept);

test("what the landing page writes is what the room page reads", () => {
  const address = roomAddress({ room: "stand.up", username: "Zoë", expected: 7, secret: "S".repeat(43) });
  const read = visit(address);
  assert.deepEqual(
    [read.room, read.username, read.expected, read.admission, read.secret],
    ["stand.up", "Zoë", 7, "link", "S".repeat(43)],
  );
});

test("being remembered is read from the query, and off without it", () => {
  const address = { room: "r", username: "ann", expected: 2, secret: "S".repeat(43) };
  assert.equal(visit(roomAddress({ ...address, remember: true })).remember, true);
  assert.equal(visit(roomAddress(address)).remember, false);
});

test("an invite link has no name, and the capacity is two unless it says otherwise", () => {
  const read = visit("/room/r#secret");
  assert.deepEqual([read.username, read.expected, read.secret], [null, 2, "secret"]);
});

test("after a reload the secret is the one that was kept; a new fragment comes first", () => {
  assert.equal(visit("/room/r", "kept").secret, "kept");
  assert.equal(visit("/room/r#new", "kept").secret, "new");
  assert.equal(visit("/room/r").secret, null);
});

test("a room that compares emoji takes no secret, not even one in the address", () => {
  assert.equal(visit("/room/r?admission=verify#secret", "kept").secret, null);
});

test("the simulated channel can be set only where the laboratory is open", () => {
  const query = "noise=0.05&eve=1&profile=classic";
  const outside = visit(`/room/r?${query}`);
  assert.deepEqual([outside.lab, outside.noise, outside.eve, outside.profile], [false, null, null, null]);
  const inside = visit(`/room/r?lab&${query}`);
  assert.deepEqual([inside.lab, inside.noise, inside.eve, inside.profile], [true, 0.05, 1, "classic"]);
  assert.deepEqual(
    [visit("/room/r?lab&eve=2").eve, visit("/room/r?lab&eve=x").eve, visit("/room/r?lab&eve=").eve],
    [null, null, null],
  );
});

test("an address that is not one of a room is refused in words", () => {
  assert.throws(() => visit("/room/a%20b"), { code: "bad_room" });
  assert.throws(() => visit("/room/%E0%A4%A"), { code: "bad_room" });
  assert.throws(() => visit("/room/r?expected=1"), { code: "bad_expected" });
  assert.throws(() => visit("/room/r?admission=anyone"), { code: "bad_option" });
});

test("an address cannot choose a room that is open to somebody in the middle", () => {
  assert.throws(() => visit("/room/r?admission=open"), { code: "bad_option" });
});
