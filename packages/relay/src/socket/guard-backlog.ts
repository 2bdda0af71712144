import { PACKET_OVERHEAD } from "../limits.js";
import { webSocketOf, type Connection } from "./cut.js";

/**
 * Watches what waits for a reader. A broadcast waits for nobody, so that one who does not read fills the memory.
 * @param bytes what may wait
 * @param tooSlow called once when more does
 */
export function guardBacklog(connection: Connection, bytes: number, tooSlow: () => void): void {
  let queued = 0; // what is not yet with the WebSocket; that has its own count
  let over = false;
  connection.on("packetCreate", ({ data }: { data?: unknown }) => {
    queued += PACKET_OVERHEAD + (typeof data === "string" || data instanceof Uint8Array ? data.length : 0);
    if (over || queued + (webSocketOf(connection)?.bufferedAmount ?? 0) <= bytes) return;
    over = true;
    tooSlow();
  });
  connection.on("flush", () => {
    queued = 0;
  });
}
