import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { startRelayProcess } from "./support/relay-process.js";

const DOCKERFILE = readFileSync("Dockerfile", "utf8");
const UNIT = readFileSync("packages/relay/deploy/qsec2-relay.service", "utf8");

/** Ends with 0 where the container is healthy. */
function healthCheck(port: number): number | null {
  const [, json] = /^HEALTHCHECK [^[]*CMD (\[[^\n]*\])$/m.exec(DOCKERFILE) ?? assert.fail("there is no HEALTHCHECK");
  const [program, ...args] = JSON.parse(json) as string[];
  assert.equal(program, "node");
  return spawnSync(process.execPath, args, { env: { QSEC2_PORT: String(port) } }).status;
}

test("the health check of the image finds a relay that runs, and one that does not", async () => {
  const relay = await startRelayProcess();
  const port = Number(new URL(relay.url).port);
  try {
    assert.equal(healthCheck(port), 0);
  } finally {
    await relay.stop();
  }
  assert.equal(healthCheck(port), 1);
});

test("a server that answers with an error is not healthy", async (t) => {
  // A process of its own, as this one stands still while it waits for the health check.
  const code =
    "require('http').createServer((_, r) => r.writeHead(500).end()).listen(+process.env.P, '127.0.0.1', () => console.log())";
  const free = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const broken = spawn(process.execPath, ["--eval", code], {
    env: { P: String(port) },
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => broken.kill());
  await new Promise((resolve) => broken.stdout.once("data", resolve));
  assert.equal(healthCheck(port), 1);
});

test("every option that the image and the unit set is one of the relay's", () => {
  const help = spawnSync(process.execPath, ["packages/relay/bin/qsec2-relay.js", "--help"], {
    encoding: "utf8",
  }).stdout;
  const known = new Set(help.replaceAll(/\s+/g, " ").match(/QSEC2_[A-Z_]+/g));
  for (const text of [DOCKERFILE, UNIT]) {
    const used = text.match(/QSEC2_[A-Z]+[A-Z_]*/g)!;
    assert.ok(used.length > 0);
    for (const name of used) assert.ok(known.has(name), name);
  }
});

test("what the image is built from is there, and reaches the build", () => {
  const allowed = readFileSync(".dockerignore", "utf8").match(/(?<=^!).+$/gm)!;
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) => sources.split(" "));
  for (const name of [...allowed, ...copied]) assert.ok(existsSync(name), name);
  for (const name of copied) assert.ok(name === "." || allowed.includes(name.split("/")[0]), name);
  for (const [, place] of DOCKERFILE.matchAll(/^COPY --from=build \/app\/(\S+)/gm)) assert.ok(existsSync(place), place);
});

test("neither the image nor the unit runs the relay as root", () => {
  const stages = DOCKERFILE.split(/^FROM /m);
  assert.match(stages.at(-1)!, /^USER node$/m);
  assert.match(UNIT, /^DynamicUser=yes$/m);
  assert.match(UNIT, /^NoNewPrivileges=yes$/m);
});
