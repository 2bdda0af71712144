import type { RoomLogEntry } from "@qsec2/sdk/wire";

/** What the audit log has done so far. */
export interface AuditStats {
  /** Rows written so far. */
  readonly written: number;
  /** Rows that wait to be written. */
  readonly waiting: number;
  /** Rows given up because too many waited. */
  readonly dropped: number;
  /** Attempts to read or write that failed. */
  readonly failures: number;
}

/**
 * What happened on the relay, for its owner and for the members of a room. What is told to it is taken at once and
 * written later: no method throws for a reason of the disk, and a chat goes on without its log.
 */
export interface AuditLog {
  /** A room begins; what an earlier room of this name has logged is not shown to the members of this one. */
  roomOpened(room: string, expected: number): void;
  /** The last member has left for good. */
  roomClosed(room: string): void;
  /** A member has taken a place. */
  userJoined(room: string, username: string): void;
  /** A member has given the place up, or lost it. */
  userLeft(room: string, username: string): void;
  /** @param commitment the public one-way commitment `kc` to the room's current key, 32 bytes; never a key */
  keyCommitted(room: string, commitment: Uint8Array): void;
  /** @param message a line of `formatLine` */
  line(room: string, message: string): void;

  /**
   * The first `limit` entries of the room with a larger id than `since`, oldest first; also those that are not written yet.
   * @throws QsecError `rate_limited` when too many ask at once
   */
  after(room: string, since: number, limit: number): Promise<readonly RoomLogEntry[]>;
  /**
   * The last `limit` entries of the room, oldest first.
   * @throws QsecError `rate_limited` when too many ask at once
   */
  latest(room: string, limit: number): Promise<readonly RoomLogEntry[]>;

  /** Tries to write what waits. */
  flush(): Promise<void>;
  /** Writes what waits and lets go of the file. May be called more than once. */
  close(): Promise<void>;

  /** What it has done so far. */
  readonly stats: AuditStats;
}
