import { QsecError, type RoomLogEntry } from "@qsec2/sdk/wire";
import { AUDIT_FLUSH_INTERVAL, AUDIT_QUEUE_MAX, ROOM_LOG_ENTRIES } from "../limits.js";
import type { RedisPlace } from "../redis/place.js";
import type { AuditLog, AuditStats } from "./audit-log.js";
import * as scripts from "./redis-scripts.js";

type Step = readonly [what: "open" | "close" | "line", room: string, message: string];
type Entry = readonly [id: string, fields: readonly string[]];

/**
 * The audit log of a relay that has its rooms in common with others. For good, and for its owner, each relay keeps what
 * happened on it in a log of its own; the lines of the open rooms are in Redis as well, so that a member sees what happened
 * on all relays. Those go with the room.
 */
export class SharedAudit implements AuditLog {
  readonly #own: AuditLog;
  readonly #place: RedisPlace;
  #waiting: Step[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(own: AuditLog, place: RedisPlace) {
    this.#own = own;
    this.#place = place;
  }

  roomOpened(room: string, expected: number): void {
    this.#own.roomOpened(room, expected);
    this.#add(["open", room, ""]);
  }

  roomClosed(room: string): void {
    this.#own.roomClosed(room);
    this.#add(["close", room, ""]);
  }

  userJoined(room: string, username: string): void {
    this.#own.userJoined(room, username);
  }

  userLeft(room: string, username: string): void {
    this.#own.userLeft(room, username);
  }

  keyCommitted(room: string, commitment: Uint8Array): void {
    this.#own.keyCommitted(room, commitment);
  }

  line(room: string, message: string): void {
    this.#own.line(room, message);
    this.#add(["line", room, message]);
  }

  async after(room: string, since: number, limit: number): Promise<readonly RoomLogEntry[]> {
    if (this.#closed) return [];
    await this.#share();
    return ((await this.#place.run(scripts.AFTER, room, `(${since}`, limit)) as Entry[]).map(readEntry);
  }

  async latest(room: string, limit: number): Promise<readonly RoomLogEntry[]> {
    if (this.#closed) return [];
    await this.#share();
    return ((await this.#place.run(scripts.LATEST, room, limit)) as Entry[]).map(readEntry).reverse();
  }

  async flush(): Promise<void> {
    await Promise.all([this.#share(), this.#own.flush()]);
  }

  async close(): Promise<void> {
    const shared = this.#share();
    this.#closed = true;
    await Promise.all([shared, this.#own.close()]);
  }

  get stats(): AuditStats {
    return this.#own.stats;
  }

  /** Brings what waits to Redis. While Redis is away these lines are in the relay's own log alone. */
  async #share(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const steps = this.#waiting;
    this.#waiting = [];
    if (steps.length === 0) return;
    try {
      await this.#place.run(scripts.WRITE, ROOM_LOG_ENTRIES, ...steps.flat());
    } catch (error) {
      if (!(error instanceof QsecError)) throw error; // the link has told that Redis is away
    }
  }

  #add(step: Step): void {
    if (this.#closed) return;
    if (this.#waiting.push(step) > AUDIT_QUEUE_MAX) this.#waiting.shift();
    this.#timer ??= setTimeout(() => void this.#share().catch(() => {}), AUDIT_FLUSH_INTERVAL);
  }
}

function readEntry([id, fields]: Entry): RoomLogEntry {
  const [, message, , at] = fields;
  return { id: Number(id.split("-")[0]), message, created_at: new Date(Number(at)).toISOString() };
}
