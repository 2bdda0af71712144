import assert from "node:assert/strict";
import { test } from "node:test";
import { createInvite, createRoomSecret } from "@qsec2/sdk";
import { looksLikeInvite, planVisit, readInvite, type LandingFields } from "./landing-form.js";

const SECRET = createRoomSecret();
const fields: LandingFields = { room: "standup", username: "alice", expected: "4", compare: false, remember: false };
const plan = (changes: Partial<LandingFields>, invite: Parameters<typeof planVisit>[1] = null) =>
  planVisit({ ...fields, ...changes }, invite, () => SECRET);

test("the form leads to the room, with a new secret in the fragment", () => {
  assert.deepEqual(plan({}), { address: `/room/standup?username=alice&expected=4#${SECRET}` });
});

test("each opening makes another secret of 43 characters", () => {
  const [one, other] = [planVisit(fields, null), planVisit(fields, null)];
  assert.ok("address" in one && "address" in other);
  assert.match(one.address, /#[A-Za-z0-9_-]{43}$/);
  assert.notEqual(one.address, other.address);
});

test("comparing emoji makes no secret and says so in the query", () => {
  assert.deepEqual(plan({ compare: true }), { address: "/room/standup?username=alice&expected=4&admission=verify" });
});

test("being remembered is the person's choice and stands in the query", () => {
  assert.deepEqual(plan({ remember: true }), {
    address: `/room/standup?username=alice&expected=4&remember=#${SECRET}`,
  });
});

test("names of other scripts survive the address", () => {
  const made = plan({ username: "Zoë-日本" });
  assert.ok("address" in made);
  assert.equal(new URL(made.address, "http://x").searchParams.get("username"), "Zoë-日本");
});

test("every field that is wrong is told in words, all at once", () => {
  const made = plan({ room: "", username: "a b", expected: "1" });
  assert.ok("errors" in made);
  assert.deepEqual(Object.keys(made.errors), ["room", "username", "expected"]);
  for (const sentence of Object.values(made.errors)) assert.match(sentence, /^[A-Z].*\.$/);
});

test("empty, too long, forbidden and out of range are refused", () => {
  const refused: Partial<LandingFields>[] = [
    { room: "   " },
    { room: "x".repeat(65) },
    { room: "a/b" },
    { room: ".." },
    { username: "" },
    { username: "x".repeat(64) },
    { username: "a\u202eb" },
    { expected: "" },
    { expected: "1" },
    { expected: "65" },
    { expected: "2.5" },
    { expected: "many" },
  ];
  for (const changes of refused) assert.ok("errors" in plan(changes), JSON.stringify(changes));
});

test("an invite of this relay is taken apart, and its secret is used", () => {
  const link = createInvite("https://relay.example", { room: "standup", expected: 5, secret: SECRET });
  assert.ok(looksLikeInvite(link));
  const invite = readInvite(` ${link} `, "https://relay.example");
  assert.deepEqual(invite, { room: "standup", expected: 5, secret: SECRET, compare: false });
  const made = planVisit({ ...fields, expected: "5" }, invite, () => "another");
  assert.deepEqual(made, { address: `/room/standup?username=alice&expected=5#${SECRET}` });
});

test("an invite to compare emoji has no secret and is joined without one", () => {
  const invite = readInvite("https://relay.example/room/r?expected=2&admission=verify", "https://relay.example");
  assert.deepEqual([invite.secret, invite.compare], [null, true]);
});

test("an invite for another relay, without its end, or of no room is refused", () => {
  const read = (link: string) => () => readInvite(link, "https://relay.example");
  assert.throws(read(createInvite("https://other.example", { room: "r", secret: SECRET })), /other\.example/);
  assert.throws(read("https://relay.example/room/r?expected=2"), /whole invite link/);
  assert.throws(read("https://relay.example/elsewhere"), { code: "bad_room" });
});

test("a room ID is not taken for a link", () => {
  assert.equal(looksLikeInvite("standup"), false);
  assert.equal(looksLikeInvite("http.rooms"), false);
});
