import type { ClientToRelayEvents, RelayToClientEvents } from "@qsec2/sdk/wire";
import type { Logger } from "pino";
import type { Server, Socket } from "socket.io";
import type { AuditLog } from "./audit/audit-log.js";
import type { BlobStore } from "./blobs/blob-store.js";
import type { Counters } from "./counters.js";
import type { MessageStore } from "./history/message-store.js";
import type { RelaySettings } from "./options.js";
import type { Rings } from "./ring/rings.js";
import type { RoomRegistry } from "./rooms/registry.js";
import type { Addresses } from "./socket/addresses.js";
import type { Spread } from "./socket/spread.js";
import type { Timers } from "./rooms/timers.js";
import type { Traffic } from "./traffic.js";

export type RelayServer = Server<ClientToRelayEvents, RelayToClientEvents>;
export type RelaySocket = Socket<ClientToRelayEvents, RelayToClientEvents>;

/** What the handlers work with. They hold no state themselves. */
export interface RelayContext {
  readonly io: RelayServer;
  readonly settings: RelaySettings;
  readonly rooms: RoomRegistry;
  readonly audit: AuditLog;
  readonly blobs: BlobStore;
  readonly messages: MessageStore;
  readonly rings: Rings;
  readonly counters: Counters;
  readonly traffic: Traffic;
  readonly addresses: Addresses;
  readonly log: Logger;
  readonly spread: Spread;
  /** By socket id: when a socket that is in no room is cut. */
  readonly joinDeadlines: Timers;
  readonly draining: () => boolean;
}
