import type { RelayServer } from "../context.js";
import { RedisRooms } from "../rooms/redis.js";
import type { RegistryLimits } from "../rooms/registry.js";
import { RedisLink, type LinkEvents } from "./link.js";
import { RedisPlace } from "./place.js";
import { RedisStream } from "./stream.js";

/** Begins every name in Redis. Another group of relays takes another database of the same Redis. */
export const REDIS_PREFIX = "qsec2:";

/** What makes several relays on one Redis one relay. */
export interface Cluster {
  readonly place: RedisPlace;
  readonly rooms: RedisRooms;
  readonly stream: RedisStream;
  readonly state: "ready" | "down";
  /** Leaves the seats of this relay to the others. May be called more than once. */
  close(): Promise<void>;
}

/** @throws QsecError `bad_option` when the packages are missing or Redis cannot be used */
export async function openCluster(
  url: string,
  io: RelayServer,
  limits: RegistryLimits,
  events: LinkEvents,
): Promise<Cluster> {
  const link = await RedisLink.open(url, events);
  let stream: RedisStream | undefined;
  let rooms: RedisRooms | undefined;
  const close = async (): Promise<void> => {
    await rooms?.resign();
    stream?.close();
    link.close();
  };
  try {
    stream = await RedisStream.open(url, io, REDIS_PREFIX);
    // Its client comes back and joins again, which shows it everything as it is now.
    const onLost = (sid: string): void => void io.sockets.sockets.get(sid)?.conn.close();
    const place = new RedisPlace(link, REDIS_PREFIX);
    rooms = await RedisRooms.open(place, limits, { onLost });
    return {
      ...{ place, rooms, stream, close },
      get state() {
        return link.isReady ? "ready" : "down";
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
