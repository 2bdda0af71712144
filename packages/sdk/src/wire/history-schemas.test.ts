import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { throwsCode } from "../testing/throws.js";
import { toBase64url } from "./base64url.js";
import { parseFetchHistory, parseHistoryPage } from "./history-schemas.js";
import { HISTORY_PAGE_MAX } from "./limits.js";

const from = toBase64url(new Uint8Array(32).fill(1));
const bytes = new Uint8Array(288).fill(7);
const stored = { seq: 4, from, frame: toBase64url(bytes) };
const page = { ok: true, messages: [stored], more: true, last: 9 };

describe("the schemas of the history", () => {
  test("take what they know, with frames as bytes, and drop the rest", () => {
    assert.deepEqual(parseFetchHistory({ since: 3, room: "other" }), { since: 3 });
    assert.deepEqual(parseFetchHistory({}), { since: 0 });
    const extra = { ...page, extra: 1, messages: [{ ...stored, text: "hello" }] };
    assert.deepEqual(parseHistoryPage(extra), { ...page, messages: [{ seq: 4, from, frame: bytes }] });
    assert.deepEqual(parseHistoryPage({ ok: false, code: "history_disabled", message: "Off." }), {
      ok: false,
      code: "history_disabled",
      message: "Off.",
    });
  });

  test("refuse numbers, frames and lists that cannot be", () => {
    for (const since of [-1, 0.5, "1", null, Number.MAX_SAFE_INTEGER + 1])
      throwsCode("bad_request", () => parseFetchHistory({ since }));
    for (const bad of [
      { ...page, last: -1 },
      { ...page, messages: stored },
      { ...page, messages: [{ ...stored, seq: 0 }] },
      { ...page, messages: Array.from({ length: HISTORY_PAGE_MAX + 1 }, () => stored) },
    ])
      throwsCode("bad_request", () => parseHistoryPage(bad));
    throwsCode("bad_id", () => parseHistoryPage({ ...page, messages: [{ ...stored, from: "bob" }] }));
    for (const frame of ["", 7, "not base64url!"])
      throwsCode("frame_malformed", () => parseHistoryPage({ ...page, messages: [{ ...stored, frame }] }));
    const large = "A".repeat(87_426);
    throwsCode("frame_too_large", () => parseHistoryPage({ ...page, messages: [{ ...stored, frame: large }] }));
  });
});
