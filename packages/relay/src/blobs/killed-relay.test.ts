import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { createHash } from "node:crypto";
import { decodeManifest } from "../../../sdk/src/attachments/manifest.js";
import { FileTransfers } from "../../../sdk/src/session/file-transfers.js";
import { content, generated } from "../../../sdk/src/testing/files.js";
import { socketIoTransport } from "../../../sdk/src/transport/socket-io.js";
import { fakeId } from "../testing/frames.js";
import { temporaryFile } from "../testing/sqlite.js";

const NODE = [
  "--conditions=qsec2:source",
  "--import",
  import.meta.resolve("tsx"),
  fileURLToPath(new URL("../cli/main.ts", import.meta.url)),
];

interface Process {
  readonly url: string;
  readonly port: string;
  readonly kill: () => Promise<unknown>;
}

async function relayProcess(t: TestContext, db: string, port = "0"): Promise<Process> {
  const args = ["serve", "--db", db, "--port", port, "--no-pages", "--log-level", "silent"];
  const child: ChildProcess = spawn(process.execPath, [...NODE, ...args], { cwd: dirname(db) });
  const ended = once(child, "close");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  t.after(kill);
  let out = "";
  child.stdout!.setEncoding("utf8");
  for await (const text of child.stdout!.iterator({ destroyOnReturn: false })) {
    out += String(text);
    const [url, found] = /http:\/\/\S+:(\d+)/.exec(out) ?? [];
    if (url !== undefined) return { url, port: found, kill };
  }
  throw new Error(`the relay has ended without an address: ${out}`);
}

/** A member who only sends and fetches files, and joins again whenever the link is back. */
async function member(t: TestContext, url: string, username: string, number: number): Promise<FileTransfers> {
  const transport = socketIoTransport(url);
  const rid = new Uint8Array(32).fill(5);
  const transfers = new FileTransfers({ rid: () => rid, blob: (request) => transport.blob(request) });
  t.after(() => {
    transfers.end();
    transport.close();
  });
  await new Promise<void>((resolve) => {
    const enter = async (): Promise<void> => {
      const answer = await transport.join({ version: 1, room: "r", username, id: fakeId(number), expected: 2 });
      assert.ok(answer.ok);
      transfers.linkUp();
      resolve();
    };
    transport.open({ receive: () => {}, up: () => void enter(), down: () => {}, problem: () => {} });
  });
  return transfers;
}

test("a file of 50 MiB arrives whole though the relay is killed half-way up and half-way down", async (t) => {
  const db = join(dirname(temporaryFile(t)), "qsec2.db");
  let relay = await relayProcess(t, db);
  const [alice, bob] = [await member(t, relay.url, "alice", 1), await member(t, relay.url, "bob", 2)];
  const restart = async (): Promise<void> => {
    await relay.kill();
    relay = await relayProcess(t, db, relay.port);
  };
  const seed = content(65_536);
  const file = generated(50 * 2 ** 20, (offset) => seed[offset & 0xffff] ^ (offset >> 16));
  const restarts: Promise<void>[] = [];
  let due = true;
  const halfWay = ({ done, total }: { done: number; total: number }): void => {
    if (!due || done * 2 <= total) return;
    due = false;
    restarts.push(restart());
  };
  let announced = 0;
  const body = await alice.send(file, {
    name: "film.mp4",
    mime: "video/mp4",
    onProgress: halfWay,
    sendManifest: async (manifest) => {
      announced++;
      return Promise.resolve(manifest);
    },
  });
  await Promise.all(restarts);
  assert.equal(announced, 1);

  due = true;
  const blob = await bob.open(decodeManifest(body), { onProgress: halfWay });
  await Promise.all(restarts);
  assert.equal(restarts.length, 2);
  assert.deepEqual([blob.size, blob.type], [file.size, "video/mp4"]);
  assert.equal(await digest(blob.stream()), await digest(file.stream()));
});

async function digest(stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) hash.update(next.value);
  return hash.digest("hex");
}
