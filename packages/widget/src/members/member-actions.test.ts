import assert from "node:assert/strict";
import { test } from "node:test";
import { BOB, memberView } from "../testing/details.js";
import { actionsFor, type Standing } from "./member-actions.js";

const standing = (more: Partial<Standing> = {}): Standing => ({
  pending: new Set(),
  rejected: new Set(),
  leading: false,
  ...more,
});

test("emoji that wait come before everything else, and a member of the room can be compared at any time", () => {
  assert.deepEqual(actionsFor(memberView(), standing({ pending: new Set([BOB.id]) })), ["compare"]);
  assert.deepEqual(actionsFor(memberView(), standing()), ["verify"]);
  assert.deepEqual(actionsFor(memberView({ badge: "verified" }), standing()), []);
  assert.deepEqual(actionsFor(memberView({ online: false }), standing()), []);
});

test("a stopped exchange can be tried again, unless the emoji did not match", () => {
  const bob = memberView({ keyState: "aborted", badge: "waiting" });
  assert.deepEqual(actionsFor(bob, standing()), ["retry"]);
  assert.deepEqual(actionsFor(bob, standing({ rejected: new Set([BOB.id]) })), []);
});

test("only the leader removes, only members of the room, and never itself", () => {
  const leading = standing({ leading: true });
  assert.deepEqual(actionsFor(memberView(), leading), ["verify", "remove"]);
  assert.deepEqual(actionsFor(memberView({ online: false }), leading), ["remove"]);
  assert.deepEqual(actionsFor(memberView({ badge: "waiting", keyState: "exchanging" }), leading), []);
  assert.deepEqual(actionsFor(memberView({ you: true, badge: "you" }), leading), []);
});
