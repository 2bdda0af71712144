import assert from "node:assert/strict";
import { test } from "node:test";
import { planSession, type RoomSettings } from "./plan.js";

const settings: RoomSettings = {
  relay: "https://relay.example",
  room: "standup",
  username: "alice",
  expected: 2,
  secret: "s".repeat(43),
  admission: "link",
  lab: false,
  noise: null,
  eve: null,
  profile: "",
  remember: false,
  approve: false,
  history: false,
  shareHistory: false,
};
const plan = (changes: Partial<RoomSettings>, cryptography = true) =>
  planSession({ ...settings, ...changes }, cryptography);

test("complete settings become the options of a session, with nothing that was not set", () => {
  const { relay, room, username, expected, secret } = settings;
  assert.deepEqual(plan({}), { options: { relay, room, username, expected, secret, admission: "link" } });
});

test("what is missing is named", () => {
  for (const name of ["relay", "room", "username", "secret"] as const)
    assert.deepEqual(plan({ [name]: "" }), { problem: name });
  assert.deepEqual(plan({}, false), { problem: "insecure" });
});

test("a room that compares emoji or is open has no secret, and is never chosen by a mistake in the attribute", () => {
  for (const admission of ["verify", "open"] as const) {
    const made = plan({ admission, secret: "" });
    assert.ok("options" in made);
    assert.equal(made.options.admission, admission);
    assert.equal("secret" in made.options, false);
    assert.deepEqual(plan({ admission }), { problem: "secretUnused" });
  }
  assert.deepEqual(plan({ admission: "opne", secret: "" }), { problem: "admission" });
  assert.deepEqual(plan({ admission: "", secret: "" }), { problem: "secret" });
});

test("noise and eavesdropper count in the laboratory only", () => {
  const channel = { noise: 0.03, eve: 0.5 };
  const outside = plan(channel);
  assert.ok("options" in outside);
  assert.equal("channel" in outside.options, false);
  const inside = plan({ ...channel, lab: true });
  assert.ok("options" in inside);
  assert.deepEqual(inside.options.channel, channel);
});

test("an unknown profile is refused, a known one is passed on", () => {
  assert.deepEqual(plan({ profile: "cascade" }), { problem: "profile" });
  const classic = plan({ profile: "classic" });
  assert.ok("options" in classic);
  assert.equal(classic.options.profile, "classic");
});

test("a device remembers who it is where it is told to", () => {
  const remembering = plan({ remember: true });
  assert.ok("options" in remembering);
  assert.equal(remembering.options.remember, true);
});

test("a leader that approves its members says so to the session", () => {
  const made = plan({ approve: true });
  assert.ok("options" in made);
  assert.equal(made.options.approve, true);
});

test("messages are kept, and shown to newcomers, only where both words stand", () => {
  const options = (changes: Partial<RoomSettings>) => {
    const made = plan(changes);
    assert.ok("options" in made);
    return [made.options.history, made.options.shareHistory];
  };
  assert.deepEqual(options({}), [undefined, undefined]);
  assert.deepEqual(options({ shareHistory: true }), [undefined, undefined]);
  assert.deepEqual(options({ history: true }), [true, false]);
  assert.deepEqual(options({ history: true, shareHistory: true }), [true, true]);
});
