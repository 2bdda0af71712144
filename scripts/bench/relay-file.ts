import { randomBytes } from "node:crypto";
import { io, type Socket } from "socket.io-client";
import { median, number, printTable } from "./harness.js";
import { ServerProcess } from "./relay-process.js";

const ROUNDS = 5;
const PART_BYTES = 256 * 1024;
const PARTS = 200;
const UNDER_WAY = 4;
const PART = randomBytes(PART_BYTES);

/** A file of 50 MiB in parts, kept by the relay and fetched part by part, beside the same parts passed on by a bare relay. */
export async function benchRelayFile(): Promise<void> {
  const [bare, relay]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) bare.push(await measured("bare", throughBare));
    relay.push(await measured("relay", throughRelay));
    if (round % 2 === 1) bare.push(await measured("bare", throughBare));
  }
  const ratio = median(relay.map((speed, round) => speed / bare[round]));
  printTable(
    `A file of 50 MiB from one to another in parts of 256 KiB, ${UNDER_WAY} under way, medians of ${ROUNDS} rounds`,
    [
      {
        what: "MiB/s",
        bare: number(median(bare)),
        relay: number(median(relay)),
        "relay / bare (target: at least 0.80)": number(ratio, 2),
      },
    ],
  );
}

async function measured(
  kind: "bare" | "relay",
  transfer: (from: Socket, to: Socket) => Promise<void>,
): Promise<number> {
  const server = await ServerProcess.start(kind);
  const sockets = ["alice", "bob"].map((name) =>
    io(server.url, { transports: ["websocket"], forceNew: true, query: { room: "file" }, auth: { name } }),
  );
  try {
    for (const socket of sockets) {
      await new Promise<void>((resolve) => (socket.connected ? resolve() : socket.once("connect", resolve)));
      if (kind === "relay") await enter(socket);
    }
    const start = performance.now();
    await transfer(sockets[0], sockets[1]);
    return (PARTS * PART_BYTES) / 2 ** 20 / ((performance.now() - start) / 1000);
  } finally {
    for (const socket of sockets) socket.disconnect();
    await server.stop();
  }
}

async function enter(socket: Socket): Promise<void> {
  const { name } = socket.auth as { name: string };
  const id = randomBytes(32).toString("base64url");
  ok(await socket.emitWithAck("join", { version: 1, room: "file", username: name, id, expected: 2 }));
}

/** Both ends at once: a part is fetched as soon as the relay has it. */
async function throughRelay(from: Socket, to: Socket): Promise<void> {
  const blob = randomBytes(16).toString("base64url");
  const fetches: Promise<void>[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let part = next++; part < PARTS; part = next++) {
      ok(await from.emitWithAck("blob_put", { blob, part, parts: PARTS }, PART));
      fetches.push(fetchPart(to, blob, part));
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, lane));
  await Promise.all(fetches);
}

async function fetchPart(to: Socket, blob: string, part: number): Promise<void> {
  const { bytes } = ok(await to.emitWithAck("blob_get", { blob, part })) as { bytes?: Uint8Array };
  if (bytes?.length !== PART_BYTES) throw new Error("A part came back in another size.");
}

async function throughBare(from: Socket, to: Socket): Promise<void> {
  let [sent, received] = [0, 0];
  await new Promise<void>((resolve) => {
    const send = (): void => void (sent < PARTS && (sent++, from.emit("part", PART)));
    to.on("part", () => {
      if (++received === PARTS) resolve();
      to.emit("next");
    });
    from.on("next", send);
    for (let i = 0; i < UNDER_WAY; i++) send();
  });
}

function ok(answer: unknown): object {
  if ((answer as { ok: boolean }).ok !== true) throw new Error(JSON.stringify(answer));
  return answer as object;
}
