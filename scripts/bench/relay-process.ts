import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kind } from "./relay-server.js";

const SCRIPT = fileURLToPath(new URL("relay-server.ts", import.meta.url));

export interface Usage {
  /** Microseconds of CPU time, of all threads. */
  readonly cpu: number;
  /** KiB in memory after a garbage collection, and the most so far. */
  readonly memory: number;
  readonly peak: number;
}

/** A server that is measured, on a core of its own where the machine has several. */
export class ServerProcess {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#process = child;
    this.#folder = folder;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(kind: Kind): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), "qsec2-bench-"));
    const child = fork(SCRIPT, [kind, folder], { execArgv: ["--import=tsx", "--expose-gc"] });
    pin(child.pid!, 0);
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    return new ServerProcess(child, folder, port);
  }

  async usage(): Promise<Usage> {
    const answer = once(this.#process, "message");
    this.#process.send("usage");
    const [usage] = (await answer) as [Usage];
    return usage;
  }

  async stop(): Promise<void> {
    const closed = once(this.#process, "close");
    this.#process.kill("SIGKILL");
    await closed;
    await rm(this.#folder, { recursive: true });
  }
}

/** Whether the load and the server can be kept apart. */
export function pinLoad(): boolean {
  return pin(process.pid, 1);
}

function pin(pid: number, core: number): boolean {
  if (availableParallelism() < 2 && core > 0) return false;
  return spawnSync("taskset", ["-a", "-c", "-p", String(core), String(pid)], { stdio: "ignore" }).status === 0;
}
