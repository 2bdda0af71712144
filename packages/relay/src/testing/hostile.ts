import { KIND } from "@qsec2/sdk/wire";
import { fakeFrame, fakeId } from "./frames.js";

/** What hostile inputs are made of. */

export const GROUP = fakeFrame(KIND.GROUP, 288);
export const M1 = fakeFrame(KIND.M1, 1406);
/** An id that is in no room. */
export const STRANGER = fakeId(4_000_000);

/** A join that would be taken. */
export const JOIN = { version: 1, room: "r", username: "mallory", id: STRANGER, expected: 2 };

/** Lists in lists in lists. */
export function nested(depth: number): unknown {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth));
}

/** What a database would have to take for commands. */
export const SQL = [
  "'; DROP TABLE rooms;--",
  '" OR ""="',
  "1; ATTACH DATABASE '/tmp/x' AS x",
  "\\'; VACUUM;--",
  "x'41'",
];
