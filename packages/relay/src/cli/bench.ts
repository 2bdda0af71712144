import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { QsecError, ROOM_MEMBERS_MAX, ROOM_MEMBERS_MIN } from "@qsec2/sdk/wire";
import { Crowd, quantile } from "../bench/crowd.js";
import { RelayDialect } from "../bench/relay-dialect.js";
import { LIMIT_DEFAULTS } from "../socket/limit-options.js";
import { relayAddress, wholeNumber } from "./values.js";

interface StartedRelay {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface BenchOptions {
  readonly url?: string;
  readonly rooms: number;
  readonly members: number;
  readonly seconds: number;
  readonly size: number;
}

/** As fast as a relay lets one socket speak, with something left for its clock and ours. */
const PER_SECOND = 0.9 * LIMIT_DEFAULTS.rate;
const UNDER_WAY = 4;

/** `qsec2-relay bench`: how much a relay passes on. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("measure how much a relay passes on: one that is started for it in a process of its own, or another")
    .addOption(
      new Option("--url <address>", "a relay that runs; without it one is started on this machine, with its log on")
        .env("QSEC2_BENCH_URL")
        .argParser(relayAddress),
    )
    .addOption(
      new Option("--rooms <number>", "how many rooms talk at once")
        .env("QSEC2_BENCH_ROOMS")
        .default(20)
        .argParser(wholeNumber(1, 5_000)),
    )
    .addOption(
      new Option("--members <number>", "members of each room")
        .env("QSEC2_BENCH_MEMBERS")
        .default(10)
        .argParser(wholeNumber(ROOM_MEMBERS_MIN, ROOM_MEMBERS_MAX)),
    )
    .addOption(
      new Option("--seconds <number>", "how long they talk")
        .env("QSEC2_BENCH_SECONDS")
        .default(10)
        .argParser(wholeNumber(1, 3_600)),
    )
    .addOption(
      new Option("--size <bytes>", "of each sealed message")
        .env("QSEC2_BENCH_SIZE")
        .default(1_024)
        .argParser(wholeNumber(18, 65_568)),
    )
    .allowExcessArguments(false)
    .action(bench);
}

async function bench(options: BenchOptions): Promise<void> {
  const relay = options.url === undefined ? await startedRelay() : undefined;
  try {
    await measure(options.url ?? relay!.url, options);
  } catch (error) {
    throw new QsecError("connection_failed", `The relay could not be measured: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await relay?.stop();
  }
}

async function measure(url: string, { rooms, members, seconds, size }: BenchOptions): Promise<void> {
  const crowd = await Crowd.enter(new RelayDialect(url, size), rooms, members);
  try {
    const heard = await crowd.talk({ seconds, perSecond: PER_SECOND, underWay: UNDER_WAY });
    const perSecond = Math.round(heard.deliveries / heard.seconds);
    const milliseconds = (part: number): string => `${quantile(heard.latencies, part).toFixed(2)} ms`;
    process.stdout.write(
      `${rooms} rooms of ${members}, sealed messages of ${size} bytes, ${heard.seconds.toFixed(1)} s\n` +
        `deliveries/s  ${perSecond}\np50           ${milliseconds(0.5)}\np99           ${milliseconds(0.99)}\n`,
    );
  } finally {
    crowd.close();
  }
}

/** A relay as anybody starts one, but for its database, which goes with it. */
async function startedRelay(): Promise<StartedRelay> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-bench-"));
  const quiet = ["--port", "0", "--db", join(folder, "qsec2.db"), "--no-pages", "--log-level", "silent"];
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1], "serve", ...quiet], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true });
  };
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const url = /https?:\/\/\S+/.exec(printed)?.[0];
    if (url !== undefined) return { url, stop };
  }
  await stop();
  throw new Error("the relay that was started for it has ended.");
}
