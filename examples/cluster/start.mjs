/**
 * A Redis, two relays on it, and a proxy before them. Ends with Ctrl-C.
 *
 *     node start.mjs      then open the address that it prints; PORT is the proxy's (8080), REDIS an own Redis
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startProxy } from "./proxy.mjs";

const folder = mkdtempSync(join(tmpdir(), "qsec2-cluster-"));
/** @type {import("node:child_process").ChildProcess[]} */
const children = [];
/** @param {import("node:child_process").ChildProcess} child */
const runs = ({ exitCode, signalCode }) => exitCode === null && signalCode === null;

/**
 * Starts a program and waits for a line of its output.
 * @param {string} name @param {string} command @param {readonly string[]} args @param {RegExp} ready
 * @returns {Promise<{ child: import("node:child_process").ChildProcess, found: RegExpExecArray }>}
 */
async function start(name, command, args, ready) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  child.once("error", () => stop(`${name} cannot be started. Is ${command} installed? (apt-get install redis-server)`));
  const early = () => stop(`${name} has ended.`);
  child.once("exit", early);
  for await (const line of createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stdout) })) {
    const found = ready.exec(line);
    if (!found) continue;
    child.stdout?.resume();
    child.off("exit", early); // from here on it is the caller's business
    return { child, found };
  }
  throw new Error(`${name} has ended without saying that it is ready.`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

async function startRedis() {
  const port = await freePort();
  // `appendonly`: what Redis has confirmed survives its own end, too.
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes"];
  const { child } = await start("Redis", "redis-server", args, /Ready to accept connections/);
  child.once("exit", () => stop("Redis has ended."));
  return `redis://127.0.0.1:${port}`;
}

/** @param {string} redis @param {number} number */
async function startRelay(redis, number) {
  const program = fileURLToPath(new URL("../bin/qsec2-relay.js", import.meta.resolve("@qsec2/relay")));
  const own = ["--port", "0", "--db", join(folder, `relay-${number}.db`), "--redis", redis, "--trust-proxy"];
  const command = [program, "serve", ...own];
  const { child, found } = await start(`Relay ${number}`, process.execPath, command, /http:\/\/\S+:(\d+)/);
  child.once("exit", () => lost(number));
  return { child, port: Number(found[1]) };
}

/** One relay that ends is what the other one is there for. @param {number} number */
function lost(number) {
  if (stopping) return;
  if (!relays.some(({ child }) => runs(child))) return stop("Both relays have ended.");
  console.log(`Relay ${number} has ended; the other one goes on.`);
}

let stopping = false;

/** @param {string} [why] */
function stop(why) {
  if (stopping) return;
  stopping = true;
  if (why !== undefined) console.error(why);
  // The relays before Redis: they tell the clients, and leave their seats to each other.
  for (const child of children.reverse()) child.kill("SIGTERM");
  void Promise.all(children.map((child) => runs(child) && child.pid && once(child, "exit"))).then(() => {
    rmSync(folder, { recursive: true });
    process.exit(why === undefined ? 0 : 1);
  });
}

process.once("SIGINT", () => stop());
process.once("SIGTERM", () => stop());
const redis = process.env.REDIS ?? (await startRedis());
const relays = await Promise.all([1, 2].map((number) => startRelay(redis, number)));
const proxy = await startProxy(
  relays.map(({ port }) => port),
  Number(process.env.PORT ?? 8080),
);
const processes = relays.map(({ child }) => child.pid);
console.log(`Two relays, processes ${processes.join(" and ")}, are one relay. Open ${proxy.url}`);
