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

/**
 * Starts a program and waits for a line of its output.
 * @param {string} name @param {string} command @param {readonly string[]} args @param {RegExp} ready
 */
async function start(name, command, args, ready) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  child.once("error", () => stop(`${name} cannot be started. Is ${command} installed? (apt-get install redis-server)`));
  child.once("exit", () => stop(`${name} has ended.`));
  for await (const line of createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stdout) })) {
    const found = ready.exec(line);
    if (!found) continue;
    child.stdout?.resume();
    return found;
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
  await start("Redis", "redis-server", args, /Ready to accept connections/);
  return `redis://127.0.0.1:${port}`;
}

/** @param {string} redis @param {number} number */
async function startRelay(redis, number) {
  const program = fileURLToPath(new URL("../bin/qsec2-relay.js", import.meta.resolve("@qsec2/relay")));
  const own = ["--port", "0", "--db", join(folder, `relay-${number}.db`), "--redis", redis, "--trust-proxy"];
  const [, port] = await start(`Relay ${number}`, process.execPath, [program, "serve", ...own], /http:\/\/\S+:(\d+)/);
  return Number(port);
}

let stopping = false;

/** @param {string} [why] */
function stop(why) {
  if (stopping) return;
  stopping = true;
  if (why !== undefined) console.error(why);
  // The relays before Redis: they tell the clients, and leave their seats to each other.
  for (const child of children.reverse()) child.kill("SIGTERM");
  void Promise.all(children.map((child) => child.exitCode === null && child.pid && once(child, "exit"))).then(() => {
    rmSync(folder, { recursive: true });
    process.exit(why === undefined ? 0 : 1);
  });
}

process.once("SIGINT", () => stop());
process.once("SIGTERM", () => stop());
const redis = process.env.REDIS ?? (await startRedis());
const relays = await Promise.all([1, 2].map((number) => startRelay(redis, number)));
const proxy = await startProxy(relays, Number(process.env.PORT ?? 8080));
console.log(`Two relays, ports ${relays.join(" and ")}, are one relay. Open ${proxy.url}`);
