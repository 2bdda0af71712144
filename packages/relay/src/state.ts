import type { Logger } from "pino";
import type { AuditLog } from "./audit/audit-log.js";
import { SharedAudit } from "./audit/shared.js";
import type { BlobStore } from "./blobs/blob-store.js";
import { openBlobs } from "./blobs/open.js";
import { RedisBlobs } from "./blobs/redis.js";
import type { RelayServer } from "./context.js";
import type { MessageStore } from "./history/message-store.js";
import { openHistory } from "./history/open.js";
import { RedisMessages } from "./history/redis.js";
import type { RelaySettings } from "./options.js";
import { openCluster } from "./redis/cluster.js";
import { MemoryRooms } from "./rooms/memory.js";
import type { RoomRegistry } from "./rooms/registry.js";
import { localSpread, type Spread } from "./socket/spread.js";

export type RedisState = "off" | "ready" | "down";

/** What the handlers work on: this process's own, or what it has in common with other relays. */
export interface State {
  readonly rooms: RoomRegistry;
  readonly spread: Spread;
  readonly blobs: BlobStore;
  readonly messages: MessageStore;
  /** @param own the log of this relay alone. Returns the one to tell, whose members' view is that of all relays */
  shareAudit(own: AuditLog): AuditLog;
  readonly redis: RedisState;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** @throws QsecError `bad_option` when the database or Redis cannot be used */
export function openState(settings: RelaySettings, io: RelayServer, log: Logger): Promise<State> {
  return settings.redis === false ? openOwn(settings, io) : openShared(settings, settings.redis, io, log);
}

async function openOwn(settings: RelaySettings, io: RelayServer): Promise<State> {
  const blobs = await openBlobs(settings.db, settings);
  const messages = await openHistory(settings.db, settings).catch((error: unknown) => {
    blobs.close();
    throw error;
  });
  const rooms = new MemoryRooms(settings, (room) => messages.last(room));
  const spread = localSpread((room, list) => io.to(room).emit("user_list", list));
  const close = async (): Promise<void> => {
    blobs.close();
    messages.close();
  };
  return { rooms, spread, blobs, messages, shareAudit: (own) => own, redis: "off", close };
}

async function openShared(settings: RelaySettings, url: string, io: RelayServer, log: Logger): Promise<State> {
  const cluster = await openCluster(url, io, settings, {
    onFailure: (reason) => log.error({ reason }, "Redis cannot be used; nobody can join or be heard until it is back"),
    onRecovery: () => log.warn("Redis is used again"),
  });
  const blobs = new RedisBlobs(cluster.place, settings);
  const messages = new RedisMessages(cluster.place, settings);
  const close = async (): Promise<void> => {
    blobs.close();
    messages.close();
    await cluster.close();
  };
  return {
    ...{ rooms: cluster.rooms, spread: cluster.stream, blobs, messages, close },
    shareAudit: (own) => new SharedAudit(own, cluster.place),
    get redis() {
      return cluster.state;
    },
  };
}
