import { QsecError } from "@qsec2/sdk";
import type { Words } from "../locale/en.js";

/** Failures that come again however often one tries: something else has to be put right first. */
const LASTING: ReadonlySet<string> = new Set([
  "bad_secret",
  "bad_room",
  "bad_username",
  "bad_expected",
  "bad_option",
  "insecure_context",
  "unsupported_version",
  "weaker_admission",
]);

/** Problems that a person can do something about while the room goes on. */
const WHILE_HERE: ReadonlySet<string> = new Set(["store_failed", "history_disabled"]);

function codeOf(error: Error): string | null {
  return error instanceof QsecError ? error.code : null;
}

/** What failed in plain words; what has none is told in the words of the error. */
export function failureText(error: Error, { failure }: Words): string {
  if (isStorageFull(error)) return failure.storage_full;
  const code = codeOf(error);
  return (code === null ? undefined : failure[code]) ?? error.message;
}

/** Whether trying again may help. */
export function canTryAgain(error: Error): boolean {
  const code = codeOf(error);
  return code === null || !LASTING.has(code);
}

/** Whether a failure that ends nothing is worth a banner; the others are in the event log. */
export function isToldInRoom(error: Error): boolean {
  return WHILE_HERE.has(codeOf(error) ?? "");
}

/** The browser has no room left: somewhere below the failed write is the platform's own word for it. */
function isStorageFull(error: Error): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (at.name === "QuotaExceededError") return true;
  }
  return false;
}
