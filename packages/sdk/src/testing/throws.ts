import assert from "node:assert/strict";
import { QsecError, type QsecErrorCode } from "../wire/errors.js";

/** Asserts that a call is refused with a `QsecError` of this code. */
export function throwsCode(code: QsecErrorCode, call: () => unknown): void {
  assert.throws(call, (error) => hasCode(code, error));
}

/** Asserts that a promise is refused with a `QsecError` of this code. */
export async function rejectsCode(code: QsecErrorCode, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => hasCode(code, error));
}

function hasCode(code: QsecErrorCode, error: unknown): boolean {
  assert.ok(error instanceof QsecError, `expected a QsecError, got ${String(error)}`);
  assert.equal(error.code, code);
  return true;
}
