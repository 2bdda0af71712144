import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalOf } from "./recorder.js";

test("each way in which a browser refuses the microphone is told apart", () => {
  const named = (name: string) => refusalOf(Object.assign(new Error("no"), { name }));
  assert.deepEqual(["NotAllowedError", "NotFoundError", "NotReadableError", "NotSupportedError", "Error"].map(named), [
    "denied",
    "none",
    "busy",
    "unsupported",
    "failed",
  ]);
});
