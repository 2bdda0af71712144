import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRelay, type RunningRelay, type StartOptions } from "../server.js";

export interface TestRelay extends RunningRelay {
  /** The SQLite file of its audit log; removed by `close`. */
  readonly db: string;
}

/** A real relay on a free port of this machine, with a real database in a folder of its own. */
export async function startTestRelay(options: StartOptions = {}): Promise<TestRelay> {
  const folder = mkdtempSync(join(tmpdir(), "qsec2-relay-"));
  const db = join(folder, "qsec2.db");
  const relay = await startRelay({ port: 0, db, logLevel: "silent", ...options });
  let closing: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await relay.close();
    rmSync(folder, { recursive: true });
  };
  return {
    db,
    url: relay.url,
    port: relay.port,
    metricsUrl: relay.metricsUrl,
    get stats() {
      return relay.stats;
    },
    get readiness() {
      return relay.readiness;
    },
    close: () => (closing ??= stop()),
  };
}
