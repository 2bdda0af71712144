/** Members in processes of their own, and what they have read and said. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Order, Report, Status } from "./member.js";

export interface Said {
  readonly text: string;
  readonly by: string;
  readonly epoch: number;
  readonly roster: readonly string[];
  readonly at: number;
  delivered: boolean;
}

export class CrowdMember {
  readonly #process: ChildProcess;
  /** Its identity while it is in the room. */
  id: string | null = null;

  constructor(onReport: (member: CrowdMember, report: Report) => void) {
    this.#process = fork(new URL("member.ts", import.meta.url), {
      execArgv: ["--conditions=qsec2:source", "--import", "tsx"],
    });
    this.#process.on("message", (report: Report) => onReport(this, report));
  }

  order(order: Order): void {
    if (this.#process.connected) this.#process.send(order);
  }

  /** Resolves with the first report of that kind from now on, or null when none comes in time. */
  async report<Is extends Report["is"]>(is: Is, timeout = 20_000): Promise<Extract<Report, { is: Is }> | null> {
    const signal = AbortSignal.timeout(timeout);
    try {
      for (;;) {
        const [report] = (await once(this.#process, "message", { signal })) as [Report];
        if (report.is === is) return report as Extract<Report, { is: Is }>;
      }
    } catch {
      return null; // it was killed, or is busy
    }
  }

  async status(): Promise<Status | null> {
    const answer = this.report("status", 5_000);
    this.order({ do: "status" });
    return (await answer)?.status ?? null;
  }

  async kill(): Promise<void> {
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    this.id = null;
    await gone;
  }
}

/** What everybody has read and said, by their own reports. */
export class Ledger {
  readonly said = new Map<string, Said>();
  /** Text → who has read it, as often as it was read. */
  readonly read = new Map<string, string[]>();
  readonly failed: string[] = [];
  readonly alarms: string[] = [];

  take = (member: CrowdMember, report: Report): void => {
    if (report.is === "read") this.read.set(report.text, [...(this.read.get(report.text) ?? []), report.by]);
    if (report.is === "said")
      this.said.set(report.text, {
        text: report.text,
        by: report.by,
        epoch: report.epoch,
        roster: report.roster,
        at: Date.now(),
        delivered: false,
      });
    if (report.is === "delivered") {
      const message = this.said.get(report.text);
      if (message !== undefined) message.delivered = true;
    }
    if (report.is === "joined") member.id = report.id;
    if (report.is === "alarmed") this.alarms.push(`${report.code}: ${report.message}`);
    if (report.is === "failed") this.failed.push(`${report.what}: ${report.message}`);
  };
}
