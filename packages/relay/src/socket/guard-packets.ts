import {
  ATTACHMENT_DEADLINE,
  FLOOD_MEMORY,
  FLOOD_PAUSE,
  FLOOD_PAUSES_MAX,
  PACKETS_AT_ONCE,
  PACKETS_BESIDE_MESSAGES,
  PACKETS_DROPPED_MAX,
  PACKETS_LATE_MAX,
} from "../limits.js";
import { webSocketOf, type Connection } from "./cut.js";
import { TokenBucket } from "./token-bucket.js";

interface Packet {
  type: string;
  data?: unknown;
}

/** The first character of a Socket.IO packet. */
const CONNECT = "0";
const WITH_ATTACHMENT = /^[56]/;

/**
 * Watches what a client sends, before Socket.IO looks at it.
 *
 * Whoever sends more than it may is first read more slowly, so that the others do not wait; then what it has sent is
 * dropped unread, and in the end it is cut. Answers with `rate_limited` come before all of this.
 * @param rate messages a second
 * @param cutFor called once, with the reason
 */
export function guardPackets(
  connection: Connection,
  rate: number,
  cutFor: (limit: "packets" | "malformed" | "attachment_timeout") => void,
): void {
  const perSecond = rate + PACKETS_BESIDE_MESSAGES;
  const calm = new TokenBucket(perSecond, 2 * perSecond);
  const late = new TokenBucket(perSecond, 2 * perSecond + PACKETS_LATE_MAX);
  let [entered, read, dropped, pauses, readAgainAt] = [false, 0, 0, 0, -Infinity];
  let [pause, deadline]: (NodeJS.Timeout | undefined)[] = [];

  /** Node would read two megabytes of one socket before it looks at another. */
  const letOthersBeRead = (): void => {
    const socket = webSocketOf(connection);
    if (pause || !socket) return;
    socket.pause();
    setImmediate(() => {
      if (!pause) socket.resume();
    });
  };

  const readLater = (): void => {
    const socket = webSocketOf(connection);
    if (pause || !socket) return;
    pauses = performance.now() - readAgainAt < FLOOD_MEMORY ? pauses + 1 : 1;
    if (pauses > FLOOD_PAUSES_MAX) return cutFor("packets");
    socket.pause();
    pause = setTimeout(() => {
      pause = undefined;
      readAgainAt = performance.now();
      socket.resume();
    }, FLOOD_PAUSE);
  };

  const awaitAttachment = (data: unknown): void => {
    clearTimeout(deadline);
    if (typeof data === "string" && WITH_ATTACHMENT.test(data))
      deadline = setTimeout(() => cutFor("attachment_timeout"), ATTACHMENT_DEADLINE);
  };

  connection.on("packet", (packet: Packet) => {
    if (!calm.take()) readLater();
    if (++read % PACKETS_AT_ONCE === 0) letOthersBeRead();
    if (!late.take()) {
      packet.type = "noop"; // what Engine.IO passes over
      if (++dropped === PACKETS_DROPPED_MAX) cutFor("packets");
      return;
    }
    if (packet.type !== "message") return;
    const { data } = packet;
    awaitAttachment(data);
    if (typeof data !== "string" || !data.startsWith(CONNECT)) return;
    // Two of them at once would give one connection two sockets, each with limits of its own.
    if (entered) {
      packet.type = "noop";
      cutFor("malformed");
    }
    entered = true;
  });

  connection.on("close", () => {
    clearTimeout(pause);
    clearTimeout(deadline);
  });
}
