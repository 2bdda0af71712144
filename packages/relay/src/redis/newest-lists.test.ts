import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { UserList } from "@qsec2/sdk/wire";
import { fakeId } from "../testing/frames.js";
import { NewestLists } from "./newest-lists.js";

const list = (count: number): UserList => ({
  members: Array.from({ length: count }, (_, i) => ({ id: fakeId(i), username: `user${i}`, online: true })),
  leader: fakeId(0),
  expected: 9,
});

test("in whatever order lists arrive, no older one follows a newer one, and the newest is the last", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 }), (versions) => {
      const lists = new NewestLists();
      const told = versions.flatMap((version) => lists.pass("r", list(version), version) ?? []);
      const counts = told.map(({ members }) => members.length);
      assert.deepEqual(
        counts,
        [...counts].sort((a, b) => a - b),
      );
      assert.equal(counts.at(-1), Math.max(...versions));
    }),
  );
});

test("who has left for good is told also by a list that comes late, with the members of the newest one", () => {
  const lists = new NewestLists();
  lists.pass("r", list(3), 7);
  assert.deepEqual(lists.pass("r", { ...list(5), departed: fakeId(8) }, 6), { ...list(3), departed: fakeId(8) });
  assert.deepEqual(lists.pass("r", { ...list(2), departed: fakeId(9) }, 8), { ...list(2), departed: fakeId(9) });
  assert.equal(lists.pass("r", list(4), 7), undefined);
});

test("rooms have nothing to do with each other, and a room that nobody here is in is forgotten", () => {
  const lists = new NewestLists();
  lists.pass("r", list(3), 7);
  assert.deepEqual(lists.pass("other", list(2), 1), list(2));
  lists.forget("r");
  assert.deepEqual(lists.pass("r", list(1), 2), list(1));
});
