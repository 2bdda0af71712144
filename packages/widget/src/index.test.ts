import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

/** Runs a module in a Node of its own, which knows nothing of sources, only of what is built and published. */
async function onServer(code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: import.meta.dirname,
    env: {},
  });
  return stdout.trim();
}

test("the package can be imported on a server, and importing the classes defines nothing", async () => {
  const printed = await onServer(`
    const { QsecRoom } = await import("@qsec2/widget");
    console.log(typeof window, typeof QsecRoom, globalThis.customElements?.get("qsec-room"));
  `);
  assert.equal(printed, "undefined function undefined");
});

test("the define module can be imported on a server, and defining twice is no error", async () => {
  const printed = await onServer(`
    await import("@qsec2/widget/define");
    const { defineElements } = await import("@qsec2/widget");
    defineElements();
    console.log("fine");
  `);
  assert.equal(printed, "fine");
});
