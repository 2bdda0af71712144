import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { RedisLink } from "../redis/link.js";
import { RedisPlace } from "../redis/place.js";
import { unexpected } from "./sqlite.js";

export interface TestRedis {
  readonly url: string;
  /** Ends the server: at once with SIGKILL. What it has said to be done is kept. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Starts it again on the same port, with what was kept. */
  readonly start: () => Promise<void>;
  /** Has something done before it ends with the test. */
  readonly before: (end: () => unknown) => void;
}

const MISSING = "These tests need the program redis-server; install it with: apt-get install redis-server";

/** A Redis of its own on a free port of this machine; it ends with the test. */
export async function startRedis(test: TestContext, ...options: readonly string[]): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-redis-"));
  const port = await freePort();
  const fixed = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const kept = ["--appendonly", "yes", "--appendfsync", "always"];
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    server = spawn("redis-server", [...fixed, ...kept, ...options], { stdio: ["ignore", "pipe", "ignore"] });
    await accepting(server);
  };
  const stop = async (signal: NodeJS.Signals = "SIGKILL"): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  const ends: (() => unknown)[] = [];
  test.after(async () => {
    for (const end of ends.reverse()) await end();
    await stop();
    rmSync(folder, { recursive: true });
  });
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, stop, before: (end) => void ends.push(end) };
}

/** A link to it that must not fail. */
export async function openLink({ url, before }: TestRedis): Promise<RedisLink> {
  const link = await RedisLink.open(url, { onFailure: unexpected, onRecovery: () => {} });
  before(() => link.close());
  return link;
}

/** A place in a Redis of its own. */
export async function redisPlace(test: TestContext, now?: () => number): Promise<RedisPlace> {
  return new RedisPlace(await openLink(await startRedis(test)), "q:", now);
}

function accepting(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new Error(MISSING) : error),
    );
    server.once("exit", () => reject(new Error(`redis-server has ended: ${said}`)));
    server.stdout!.on("data", (chunk: Buffer) => {
      said += String(chunk);
      if (said.includes("Ready to accept connections")) resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
