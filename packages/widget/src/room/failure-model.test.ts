import { QsecError } from "@qsec2/sdk";
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../locale/en.js";
import { canTryAgain, failureText, isToldInRoom } from "./failure-model.js";

const failed = (code: QsecError["code"], cause?: unknown) => new QsecError(code, "In the words of the SDK.", { cause });

test("what a person can meet has words of its own, and the rest those of the error", () => {
  for (const code of [
    "connection_failed",
    "room_full",
    "name_taken",
    "id_taken",
    "identity_in_use",
    "insecure_context",
    "store_failed",
    "rate_limited",
    "room_limit",
    "unsupported_version",
    "draining",
    "history_disabled",
  ] as const)
    assert.equal(failureText(failed(code), en), en.failure[code], code);
  assert.equal(failureText(failed("bad_room"), en), "In the words of the SDK.");
  assert.equal(failureText(new Error("Something else."), en), "Something else.");
});

test("a full storage is told from one that is switched off", () => {
  const full = failed("store_failed", new DOMException("no room", "QuotaExceededError"));
  assert.equal(failureText(full, en), en.failure.storage_full);
  assert.equal(
    failureText(failed("store_failed", new DOMException("off", "SecurityError")), en),
    en.failure.store_failed,
  );
});

test("another try is offered where it may help, and not where the same must come again", () => {
  for (const code of ["connection_failed", "room_full", "rate_limited", "identity_in_use", "store_failed"] as const)
    assert.equal(canTryAgain(failed(code)), true, code);
  for (const code of ["bad_secret", "insecure_context", "weaker_admission", "unsupported_version"] as const)
    assert.equal(canTryAgain(failed(code)), false, code);
});

test("of what fails while the room goes on, a person is told what they can act on", () => {
  assert.equal(isToldInRoom(failed("store_failed")), true);
  assert.equal(isToldInRoom(failed("history_disabled")), true);
  assert.equal(isToldInRoom(failed("link_lost")), false);
});
