import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram, type Program, type ProgramOptions } from "./program.js";

/** A relay as people run it: the built program, in a process of its own, on a free port. */
export interface RelayProcess {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A relay that can be killed as by a crash and started again on the same port and database. */
export interface CrashingRelay extends Omit<Program, "says"> {
  readonly url: string;
}

/**
 * @param port 0 for a free one
 * @param options more options of `qsec2-relay serve`
 */
export async function startRelayAt(
  port: number,
  database: string,
  ...options: readonly string[]
): Promise<CrashingRelay> {
  return listening(relayProgram(port, database, options));
}

/** The same, for one that is expected to complain. */
export async function startTroubledRelay(
  port: number,
  database: string,
  ...options: readonly string[]
): Promise<CrashingRelay> {
  return listening(relayProgram(port, database, options, { quiet: true }));
}

/** The program itself, which may not come so far as to have an address. */
export function relayProgram(
  port: number,
  database: string,
  options: readonly string[] = [],
  how: ProgramOptions = {},
): Program {
  const own = ["--port", String(port), "--db", database, "--log-level", "warn", ...options];
  return runProgram("packages/relay/bin/qsec2-relay.js", ["serve", ...own], how);
}

async function listening(relay: Program): Promise<CrashingRelay> {
  return { ...relay, url: await relay.says(/https?:\/\/[^\s/]+/) };
}

/** @param options more options of `qsec2-relay serve` */
export async function startRelayProcess(...options: readonly string[]): Promise<RelayProcess> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-relay-"));
  const relay = await startRelayAt(0, join(folder, "qsec2.db"), ...options);
  return {
    url: relay.url,
    async stop() {
      await relay.stop();
      await rm(folder, { recursive: true });
    },
  };
}
