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
