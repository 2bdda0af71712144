/**
 * A relay whose memory can be asked for: `<folder for its database>`. Says its address when it listens; answers any message
 * with a `Memory`, after a garbage collection.
 */
import { join } from "node:path";
import { startRelay } from "@qsec2/relay";

/** MiB. */
export interface Memory {
  readonly heap: number;
  /** Buffers and other memory outside of the heap. */
  readonly external: number;
  readonly resident: number;
}

const MIB = 2 ** 20;

const relay = await startRelay({
  ...{ port: 0, db: join(process.argv[2], "qsec2.db"), pages: false, logLevel: "warn" },
  // Short times, so that a soak of minutes sees files, messages and seats go as often as they come.
  ...{ grace: 2, fileTtl: 30, history: 30 },
});

process.on("message", () => {
  (globalThis as { gc?: () => void }).gc!();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send!({ heap: heapUsed / MIB, external: external / MIB, resident: rss / MIB } satisfies Memory);
});
process.on("disconnect", () => void relay.close());
process.send!(relay.url);
