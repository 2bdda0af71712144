import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRoomSecret } from "@qsec2/sdk";
import type { FileReport } from "./file-member.js";
import { number, printTable, type Row } from "./harness.js";

const SIZES = [10, 50];

/** Files between two sessions through a relay that is killed half-way up and again half-way down, each a process of its own. */
export async function benchFiles(): Promise<void> {
  const rows: Row[] = [];
  for (const mebibytes of SIZES) rows.push(...(await transfer(mebibytes)));
  printTable(
    "A file through a relay that is killed and started again half-way up and half-way down; memory of each process in MiB",
    rows,
  );
  console.log("\nThe receiver holds the whole file at the end, as a Blob in memory.");
}

/** A relay that dies and comes back on its port and database. */
class MortalRelay {
  readonly #folder: string;
  #process: ChildProcess | null = null;
  #port = "0";
  /** The most that any of its lives held, KiB. */
  peak = 0;
  atRest = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const script = fileURLToPath(new URL("relay-server.ts", import.meta.url));
    this.#process = fork(script, ["relay", this.#folder, this.#port], { execArgv: ["--import=tsx"] });
    const [{ port }] = (await once(this.#process, "message")) as [{ port: number }];
    this.#port = String(port);
    if (this.atRest === 0) this.atRest = await this.#memory();
  }

  async measure(): Promise<void> {
    this.peak = Math.max(this.peak, await this.#memory());
  }

  async kill(): Promise<void> {
    const closed = once(this.#process!, "close");
    this.#process!.kill("SIGKILL");
    await closed;
  }

  async #memory(): Promise<number> {
    const answer = once(this.#process!, "message") as Promise<[{ peak: number }]>;
    this.#process!.send("usage");
    return (await answer)[0].peak;
  }
}

interface Transferred {
  readonly digest: string;
  readonly before: number;
  readonly peak: number;
}

/** Resolves when the member is through with its file. Half-way it calls `halfWay`, once. */
function transferred(member: ChildProcess, halfWay: () => Promise<void>): Promise<Transferred> {
  return new Promise((resolve, reject) => {
    let [memory, killed] = [{ before: 0, peak: 0 }, false];
    member.once("error", reject);
    member.once("exit", (code) => reject(new Error(`A member ended with code ${code}.`)));
    member.on("message", (report: FileReport) => {
      if (report.is === "memory") memory = report;
      if (report.is === "digest") resolve({ digest: report.digest, before: memory.before, peak: memory.peak });
      if (report.is !== "transferring" || killed || report.done * 2 <= report.total) return;
      killed = true;
      halfWay().catch(reject);
    });
  });
}

async function transfer(mebibytes: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "qsec2-bench-"));
  const relay = new MortalRelay(folder);
  await relay.start();
  const script = fileURLToPath(new URL("file-member.ts", import.meta.url));
  const secret = createRoomSecret();
  const start = performance.now();
  const members = ["receiver", "sender"].map((name) =>
    fork(script, [relay.url, name, secret, String(mebibytes)], { execArgv: ["--import=tsx"] }),
  );
  try {
    const restart = async (): Promise<void> => {
      await relay.measure();
      await relay.kill();
      await relay.start();
    };
    const [receiver, sender] = await Promise.all(members.map((member) => transferred(member, restart)));
    const seconds = (performance.now() - start) / 1000;
    await relay.measure();
    if (receiver.digest !== sender.digest) throw new Error("The file did not arrive as it was sent.");
    const row = (process: string, { before, peak }: { before: number; peak: number }): Row => ({
      file: `${mebibytes} MiB in ${number(seconds, 1)} s`,
      process,
      before: number(before / 1024),
      peak: number(peak / 1024),
      "peak - before": number((peak - before) / 1024),
    });
    return [row("sender", sender), row("relay", { before: relay.atRest, peak: relay.peak }), row("receiver", receiver)];
  } finally {
    for (const member of members) {
      member.removeAllListeners("exit");
      member.kill("SIGKILL");
    }
    await relay.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
