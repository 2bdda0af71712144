import assert from "node:assert/strict";
import { test } from "node:test";
import { initialOf } from "./marks.js";
import { groupsOf } from "./room-code.js";

test("a room code is shown in groups of four, however it comes", () => {
  assert.deepEqual(groupsOf("7K3M-9QXA-2V8B"), ["7K3M", "9QXA", "2V8B"]);
  assert.deepEqual(groupsOf("7K3M9QXA"), ["7K3M", "9QXA"]);
  assert.deepEqual(groupsOf(""), []);
});

test("the letter of an avatar is a whole character", () => {
  assert.equal(initialOf("alice"), "A");
  assert.equal(initialOf("𐐨x"), "𐐀");
  assert.equal(initialOf(""), "?");
});
