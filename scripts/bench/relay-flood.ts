import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Crowd, quantile } from "../../packages/relay/src/bench/crowd.js";
import { median, number, printTable, type Row } from "./harness.js";
import { dialectOf } from "./relay-dialects.js";
import { ServerProcess } from "./relay-process.js";

const ROUNDS = 5;
const SECONDS = 4;
const ROOMS = 50;
const MEMBERS = 2;
/** Messages of one innocent in a second. */
const PER_SECOND = 5;
const FLOODER = fileURLToPath(new URL("relay-flooder.ts", import.meta.url));

/** How long the messages of rooms take while a socket in a room of its own sends all that the server reads of it. */
export async function benchRelayFlood(): Promise<void> {
  const rows: Row[] = [];
  for (const kind of ["relay", "bare"] as const) {
    const rounds: { readonly quiet: number; readonly flooded: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measured(kind));
    const middle = (of: (round: (typeof rounds)[number]) => number): string => number(median(rounds.map(of)), 2);
    rows.push({
      server: kind,
      "p99 ms quiet": middle(({ quiet }) => quiet),
      "p99 ms beside a flood": middle(({ flooded }) => flooded),
      "ratio (target of relay: at most 1.50)": middle(({ quiet, flooded }) => flooded / quiet),
    });
  }
  printTable(
    `Messages of ${ROOMS} rooms of ${MEMBERS}, ${PER_SECOND} a second of each member, while one other socket floods; medians of ${ROUNDS} rounds of ${SECONDS} s`,
    rows,
  );
}

async function measured(kind: "relay" | "bare"): Promise<{ readonly quiet: number; readonly flooded: number }> {
  const server = await ServerProcess.start(kind);
  try {
    const dialect = dialectOf(kind, server.url);
    const crowd = await Crowd.enter(dialect, ROOMS, MEMBERS);
    const talk = async (seconds: number): Promise<number> => {
      const { latencies } = await crowd.talk({ seconds, perSecond: PER_SECOND, underWay: Infinity });
      return quantile(latencies, 0.99);
    };
    try {
      await talk(1); // to warm up
      const quiet = await talk(SECONDS);
      const flooder = fork(FLOODER, [kind, server.url], { execArgv: ["--import=tsx"] });
      await once(flooder, "message");
      const flooded = await talk(SECONDS);
      const gone = once(flooder, "close");
      flooder.kill("SIGKILL");
      await gone;
      return { quiet, flooded };
    } finally {
      crowd.close();
    }
  } finally {
    await server.stop();
  }
}
