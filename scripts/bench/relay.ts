import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { io, type Socket } from "socket.io-client";
import { median, number, printTable, type Row } from "./harness.js";

const RUNS = 5;
/** A sealed message of 1 KiB: header, padded content, tag. The first bytes are the version and the kind. */
const FRAME = Buffer.concat([Buffer.of(1, 0x20), randomBytes(14 + 1024 + 16)]);
/** Within the relay's burst for one socket, so that its limit on rates does not brake the load. */
const PER_SENDER = 100;
const IN_FLIGHT = 4;
const SHAPES = [
  { members: 2, rooms: 20 },
  { members: 50, rooms: 1 },
];

type Kind = "relay" | "bare";
interface Measured {
  readonly perSecond: number;
  /** Microseconds of the server's CPU for each delivery. */
  readonly cpu: number;
}

/** The relay beside the least that Socket.IO can do, in turn, each in a process of its own. */
export async function benchRelay(): Promise<void> {
  const rows: Row[] = [];
  for (const shape of SHAPES) {
    const results: Record<Kind, Measured[]> = { relay: [], bare: [] };
    for (let run = 0; run < RUNS; run++) {
      for (const kind of ["bare", "relay"] as const) results[kind].push(await measure(kind, shape));
    }
    const middle = (kind: Kind, what: keyof Measured): number => median(results[kind].map((result) => result[what]));
    rows.push({
      rooms: `${shape.rooms} of ${shape.members}`,
      "bare: deliveries/s": number(middle("bare", "perSecond")),
      "relay: deliveries/s": number(middle("relay", "perSecond")),
      "bare: CPU µs each": number(middle("bare", "cpu"), 1),
      "relay: CPU µs each": number(middle("relay", "cpu"), 1),
      "bare CPU / relay CPU": number(middle("bare", "cpu") / middle("relay", "cpu"), 2),
    });
  }
  printTable(
    `Fan-out of sealed messages of 1 KiB, medians of ${RUNS} runs; "bare" sends binary and checks nothing`,
    rows,
  );
  console.log("\nDeliveries/s are bounded by the client of the benchmark too; the ratio of CPU times is not.");
}

async function measure(kind: Kind, { members, rooms }: (typeof SHAPES)[number]): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-bench-"));
  const script = fileURLToPath(new URL("relay-server.ts", import.meta.url));
  const server = fork(script, [kind, folder], { execArgv: ["--import=tsx"] });
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  const sockets: Socket[] = [];
  try {
    for (let index = 0; index < rooms * members; index++) {
      sockets.push(await enter(kind, port, `room-${Math.floor(index / members)}`, members));
    }
    const expected = sockets.length * PER_SENDER * (members - 1);
    const delivered = countDeliveries(sockets, expected);
    const [cpu, start] = [await cpuOf(server), performance.now()];
    await Promise.all(sockets.map((socket) => sendAll(kind, socket)));
    await delivered;
    const seconds = (performance.now() - start) / 1000;
    return { perSecond: expected / seconds, cpu: ((await cpuOf(server)) - cpu) / expected };
  } finally {
    for (const socket of sockets) socket.disconnect();
    const closed = once(server, "close");
    server.kill("SIGKILL");
    await closed;
    await rm(folder, { recursive: true });
  }
}

async function enter(kind: Kind, port: number, room: string, members: number): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true, reconnection: false });
  socket.auth = { room };
  const id = randomBytes(32).toString("base64url");
  const request = { version: 1, room, username: `user-${id.slice(0, 8).replaceAll("-", "x")}`, id, expected: members };
  const answer: unknown = await socket.emitWithAck("join", kind === "bare" ? room : request);
  if (kind === "relay" && (answer as { ok: boolean }).ok !== true) throw new Error(JSON.stringify(answer));
  return socket;
}

function countDeliveries(sockets: readonly Socket[], expected: number): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    for (const socket of sockets) socket.on("group_message", () => ++count === expected && resolve());
  });
}

/** A few messages on their way at a time, as a busy client has. */
async function sendAll(kind: Kind, socket: Socket): Promise<void> {
  const { room } = socket.auth as { room: string };
  const text = FRAME.toString("base64url");
  const send = async (): Promise<void> => {
    if (kind === "bare") return void (await socket.emitWithAck("group_message", room, FRAME));
    const answer = (await socket.emitWithAck("group_message", {}, text)) as { ok: boolean };
    if (!answer.ok) throw new Error(JSON.stringify(answer));
  };
  const lane = async (): Promise<void> => {
    for (let i = 0; i < PER_SENDER / IN_FLIGHT; i++) await send();
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

async function cpuOf(server: ChildProcess): Promise<number> {
  const answer = once(server, "message");
  server.send("cpu");
  const [{ cpu }] = (await answer) as [{ cpu: number }];
  return cpu;
}
