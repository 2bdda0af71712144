import type { Socket } from "socket.io";
import { BACKLOG_MAX } from "../limits.js";

/** What Engine.IO does not type: the WebSocket below the transport. */
interface Below {
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

/**
 * Cuts a connection that would fill the memory: a reader that is too slow for what its room says (a broadcast waits for
 * nobody), and a sender of more than one binary attachment, of which no event has any.
 */
export function guardConnection(connection: Socket["conn"], backlogMax: number = BACKLOG_MAX): void {
  // Not at once: this may be in the middle of a broadcast, and closing tells the room.
  const cut = (): void => process.nextTick(() => connection.close(true));

  let queued = 0; // what is not yet with the WebSocket; that has its own count
  connection.on("packetCreate", (packet: { data?: unknown }) => {
    const { data } = packet;
    queued += typeof data === "string" || data instanceof Uint8Array ? data.length : 0;
    const sending = (connection as unknown as Below).transport?.socket?.bufferedAmount ?? 0;
    if (queued + sending > backlogMax) cut();
  });
  connection.on("flush", () => {
    queued = 0;
  });

  let attachments = 0;
  connection.on("packet", (packet: { type: string; data?: unknown }) => {
    if (packet.type !== "message") return;
    attachments = typeof packet.data === "string" ? 0 : attachments + 1;
    if (attachments > 1) cut();
  });
}
