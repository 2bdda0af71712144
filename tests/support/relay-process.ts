import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./program.js";

/** A relay as people run it: the built program, in a process of its own, on a free port. */
export interface RelayProcess {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A relay that can be killed as by a crash and started again on the same port and database. */
export interface CrashingRelay {
  readonly url: string;
  kill(): Promise<void>;
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
  const own = ["--port", String(port), "--db", database, "--log-level", "warn", ...options];
  const relay = runProgram("packages/relay/bin/qsec2-relay.js", ["serve", ...own]);
  return { url: await relay.says(/https?:\/\/[^\s/]+/), kill: () => relay.kill() };
}

/** @param options more options of `qsec2-relay serve` */
export async function startRelayProcess(...options: readonly string[]): Promise<RelayProcess> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-relay-"));
  const own = ["--port", "0", "--db", join(folder, "qsec2.db"), "--log-level", "warn"];
  const relay = runProgram("packages/relay/bin/qsec2-relay.js", ["serve", ...own, ...options]);
  return {
    url: await relay.says(/https?:\/\/[^\s/]+/),
    async stop() {
      await relay.stop();
      await rm(folder, { recursive: true });
    },
  };
}
