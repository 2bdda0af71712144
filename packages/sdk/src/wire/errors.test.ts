import assert from "node:assert/strict";
import { test } from "node:test";
import { PROTOCOL_ERROR_CODES, QsecError, RELAY_ERROR_CODES } from "./errors.js";
import { EVENT_KINDS, KIND } from "./kinds.js";

test("a QsecError is an Error with a code, a sentence and a cause", () => {
  const cause = new Error("below");
  const error = new QsecError("DECRYPT", "It does not open.", { cause });
  assert.ok(error instanceof Error);
  assert.deepEqual(
    [error.name, error.code, error.message, error.cause],
    ["QsecError", "DECRYPT", "It does not open.", cause],
  );
  assert.equal(Object.hasOwn(new QsecError("DECODE", "x"), "cause"), false);
});

test("protocol codes are upper case, the relay's lower case, and no code is listed twice", () => {
  const all: string[] = [...PROTOCOL_ERROR_CODES, ...RELAY_ERROR_CODES];
  assert.equal(new Set(all).size, all.length);
  for (const code of PROTOCOL_ERROR_CODES) assert.match(code, /^[A-Z_]+$/);
  for (const code of RELAY_ERROR_CODES) assert.match(code, /^[a-z_]+$/);
});

test("the abort codes 1 to 19 stand at the front in the order of the protocol", () => {
  assert.equal(
    PROTOCOL_ERROR_CODES.slice(0, 19).join(" "),
    "VERSION MODE STALE DECRYPT BAD_SIG BAD_COMMIT QBER INSUFFICIENT RECONCILE TIMEOUT OUTRANKED ROOM_FULL REJECTED QKD " +
      "DECODE NOT_MEMBER PROFILE NOT_LEADER SIFT",
  );
});

test("every kind of frame travels on exactly one socket event, and a group frame to be kept or published on another", () => {
  const { store_encrypted: toKeep, relay: published, ...events } = EVENT_KINDS;
  assert.deepEqual([toKeep, published], [events.group_message, events.group_message]);
  const travelling = Object.values(events)
    .flat()
    .sort((a, b) => a - b);
  assert.deepEqual(
    travelling,
    Object.values(KIND).sort((a, b) => a - b),
  );
});
