import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "uqr";
import { pathOf } from "./qr-code.js";

/** Paints the rectangles of the path into a grid of modules. */
function painted(path: string, size: number): boolean[][] {
  const grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    grid[Number(y)].fill(true, Number(x), Number(x) + Number(length));
  return grid;
}

test("the path of a code covers exactly its dark modules", () => {
  const { size, data } = encode(`https://relay.example/room/standup?expected=4#${"A".repeat(43)}`, {
    ecc: "M",
    border: 4,
  });
  assert.deepEqual(painted(pathOf(data), size), data);
});

test("an empty row is no rectangle, and runs at both ends are whole", () => {
  assert.equal(
    pathOf([
      [false, false],
      [true, true],
      [true, false],
    ]),
    "M0 1h2v1h-2zM0 2h1v1h-1z",
  );
});
