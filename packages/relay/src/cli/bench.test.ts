import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startTestRelay } from "../testing/start-relay.js";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const NODE = ["--conditions=qsec2:source", "--import", import.meta.resolve("tsx"), MAIN, "bench"];

/** The real command, to its end. */
async function bench(
  ...args: string[]
): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [...NODE, ...args]);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "close")) as unknown[];
  return { code, out, err };
}

const FIGURES =
  /^3 rooms of 4, sealed messages of 300 bytes, [\d.]+ s\ndeliveries\/s  [1-9]\d*\np50 +[\d.]+ ms\np99 +[\d.]+ ms\n$/;
const SMALL = ["--rooms", "3", "--members", "4", "--seconds", "1", "--size", "300"];

test("it starts a relay of its own, has its rooms talk and prints what was delivered and how fast", async () => {
  const { code, out, err } = await bench(...SMALL);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, FIGURES);
});

test("it measures a relay that runs already, and leaves its rooms", async (t) => {
  const relay = await startTestRelay({ pages: false, grace: 0 });
  t.after(() => relay.close());
  const { code, out } = await bench(...SMALL, "--url", relay.url);
  assert.equal(code, 0);
  assert.match(out, FIGURES);
  while (relay.stats.rooms > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

const BAD: readonly (readonly [what: string, args: readonly string[], sentence: RegExp])[] = [
  ["an address where no relay is", ["--url", "http://127.0.0.1:1"], /could not be measured: connect ECONNREFUSED/],
  ["an address that is none", ["--url", "relay"], /It must be the address of a relay/],
  ["a message larger than the protocol has", ["--size", "65569"], /whole number from 18 to 65568/],
  ["a room for one", ["--members", "1"], /whole number from 2 to 64/],
];

for (const [what, args, sentence] of BAD) {
  test(`${what} is one sentence and not a success`, async () => {
    const { code, out, err } = await bench(...args);
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, sentence);
    assert.equal(err.trim().split("\n").length, 1);
  });
}
