import type { AuditStats } from "./audit/audit-log.js";
import type { BlobStats } from "./blobs/blob-store.js";
import type { Refused } from "./counters.js";
import type { MessageStats } from "./history/message-store.js";
import type { RingStats } from "./ring/rings.js";
import type { RedisState } from "./state.js";
import type { TrafficStats } from "./traffic.js";

/** Counts of a relay, without a name in them. */
export interface RelayStats {
  /** Open rooms. */
  readonly rooms: number;
  /** Seats in all rooms, also of members whose link is down for the moment. */
  readonly members: number;
  /** Open sockets, in a room or not. */
  readonly sockets: number;
  /** What was passed on since the start. */
  readonly passed: TrafficStats;
  /** What the audit log has done. */
  readonly audit: AuditStats;
  /** How often each limit has refused something, and each code was the answer to an event. */
  readonly refused: Readonly<Record<Refused, number>>;
  /** Sealed files that are kept. */
  readonly files: BlobStats;
  /** Sealed messages that are kept for members who are away. */
  readonly history: MessageStats;
  /** What is held in memory for members whose links are down for a moment. */
  readonly ring: RingStats;
  /** Whether the Redis that the relay shares with others can be used; `off` without one. */
  readonly redis: RedisState;
}

/** Whether the relay takes connections and can pass messages on, and if not, why: it is stopping, or Redis is down. */
export type Readiness = { readonly ok: true } | { readonly ok: false; readonly reason: "draining" | "redis" };

export function readinessOf(draining: boolean, redis: RedisState): Readiness {
  if (draining) return { ok: false, reason: "draining" };
  return redis === "down" ? { ok: false, reason: "redis" } : { ok: true };
}
