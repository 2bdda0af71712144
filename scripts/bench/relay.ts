import { Crowd, quantile } from "../../packages/relay/src/bench/crowd.js";
import { median, number, printTable, type Row } from "./harness.js";
import { benchRelayFile } from "./relay-file.js";
import { benchRelayFlood } from "./relay-flood.js";
import { benchRelayMemory } from "./relay-memory.js";
import { dialectOf, FRAME_BYTES } from "./relay-dialects.js";
import { pinLoad, ServerProcess } from "./relay-process.js";
import type { Kind } from "./relay-server.js";

const ROUNDS = 5;
const KINDS: readonly Kind[] = ["bare", "relay", "ws"];
/** Within what the relay lets one socket say. */
const PER_SECOND = 90;

interface Shape {
  readonly rooms: number;
  readonly members: number;
  /** Messages of all together in a second, for the latencies: what a bare relay has no trouble with. */
  readonly paced: number;
  readonly targets: string;
}

const SHAPES: readonly Shape[] = [
  { rooms: 200, members: 2, paced: 1_500, targets: "at least 0.75 (1.00); p99 at most 1.25" },
  { rooms: 1, members: 50, paced: 150, targets: "at least 2.00, of ws 0.85; p99 at most 1.25" },
];

interface Measured {
  readonly perSecond: number;
  /** Deliveries for each second of the server's CPU time. */
  readonly perCpuSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** The relay with its log on beside a bare Socket.IO relay and a raw WebSocket relay, in turn, in processes of their own. */
export async function benchRelay(): Promise<void> {
  const apart = pinLoad();
  for (const shape of SHAPES) await benchShape(shape);
  console.log(
    `\n"bare" is Socket.IO with binary payloads and no checks, limits, log or answers; "ws" the same without Socket.IO.`,
  );
  console.log("Deliveries/s are bounded by the load too, those for each second of the server's CPU time are not.");
  console.log(apart ? "Servers and load had a core each." : "Servers and load shared the cores.");
  await benchRelayMemory(["bare", "relay", "ws"]);
  await benchRelayFile();
  await benchRelayFlood();
}

async function benchShape(shape: Shape): Promise<void> {
  const results: Record<Kind, Measured[]> = { relay: [], bare: [], ws: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // Another one begins each time.
    for (let i = 0; i < KINDS.length; i++) {
      const kind = KINDS[(i + round) % KINDS.length];
      results[kind].push(await measure(kind, shape));
    }
  }
  const middle = (kind: Kind, what: keyof Measured): number => median(results[kind].map((result) => result[what]));
  // Ratios within a round, in which the machine was the same for all; then the middle one.
  const ratio = (what: keyof Measured, to: Kind): number =>
    median(results.relay.map((result, round) => result[what] / results[to][round][what]));
  const row = (what: string, key: keyof Measured, digits: number): Row => ({
    [`${shape.rooms} × ${shape.members} members`]: what,
    ...Object.fromEntries(KINDS.map((kind) => [kind, number(middle(kind, key), digits)])),
    "relay / bare": number(ratio(key, "bare"), 2),
    "relay / ws": number(ratio(key, "ws"), 2),
  });
  printTable(
    `Fan-out of sealed messages of ${FRAME_BYTES} bytes, medians of ${ROUNDS} rounds; target of relay / bare: ${shape.targets}`,
    [
      row("deliveries/s", "perSecond", 0),
      row("deliveries / CPU s", "perCpuSecond", 0),
      row(`p50 ms at ${shape.paced} messages/s`, "p50", 2),
      row(`p99 ms at ${shape.paced} messages/s`, "p99", 2),
    ],
  );
}

async function measure(kind: Kind, { rooms, members, paced }: Shape): Promise<Measured> {
  const server = await ServerProcess.start(kind);
  try {
    const crowd = await Crowd.enter(dialectOf(kind, server.url), rooms, members);
    try {
      await crowd.talk({ seconds: 1, perSecond: PER_SECOND, underWay: 1 }); // to warm up
      const before = await server.usage();
      const heard = await crowd.talk({ seconds: 2, perSecond: PER_SECOND, underWay: 1 });
      const cpu = ((await server.usage()).cpu - before.cpu) / 1e6;
      const { latencies } = await crowd.talk({ seconds: 2, perSecond: paced / (rooms * members), underWay: Infinity });
      return {
        perSecond: heard.deliveries / heard.seconds,
        perCpuSecond: heard.deliveries / cpu,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
      };
    } finally {
      crowd.close();
    }
  } finally {
    await server.stop();
  }
}
