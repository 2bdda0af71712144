import type { RoomLogEntry } from "@qsec2/sdk/wire";
import type { AuditLog, AuditStats } from "./audit-log.js";

const ENTRIES_PER_ROOM = 1_000;

/** An audit log for a relay without a disk: the newest entries of the rooms that are open, and nothing afterwards. */
export class MemoryAudit implements AuditLog {
  readonly #rooms = new Map<string, RoomLogEntry[]>();
  readonly #now: () => Date;
  #written = 0;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  roomOpened(room: string): void {
    this.#rooms.set(room, []);
  }

  roomClosed(room: string): void {
    this.#rooms.delete(room);
  }

  userJoined(): void {}
  userLeft(): void {}
  keyCommitted(): void {}

  line(room: string, message: string): void {
    const entries = this.#rooms.get(room);
    const id = ++this.#written;
    entries?.push({ id, message, created_at: this.#now().toISOString() });
    if (entries && entries.length > ENTRIES_PER_ROOM) entries.shift();
  }

  async after(room: string, since: number, limit: number): Promise<readonly RoomLogEntry[]> {
    const entries = this.#rooms.get(room) ?? [];
    return entries.filter((entry) => entry.id > since).slice(0, limit);
  }

  async latest(room: string, limit: number): Promise<readonly RoomLogEntry[]> {
    return (this.#rooms.get(room) ?? []).slice(-limit);
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {
    this.#rooms.clear();
  }

  get stats(): AuditStats {
    return { written: this.#written, waiting: 0, dropped: 0, failures: 0 };
  }
}
