import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { code } from "../testing/sessions.js";
import { abortable } from "./waiting.js";

describe("waiting that can be aborted", () => {
  it("leaves no rejection unheard when the signal has fired before", async () => {
    const unheard: unknown[] = [];
    const listener = (reason: unknown) => void unheard.push(reason);
    process.on("unhandledRejection", listener);
    await assert.rejects(abortable(Promise.reject(new Error("late")), AbortSignal.abort()), code("aborted"));
    await new Promise(setImmediate);
    process.off("unhandledRejection", listener);
    assert.deepEqual(unheard, []);
  });
});
