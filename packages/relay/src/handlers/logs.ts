import { parseFetchRoomLogs, ROOM_LOG_PAGE_MAX } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";

async function fetchRoomLogs(context: RelayContext, { socket, seat, header }: SeatedCall): Promise<void> {
  const { since } = parseFetchRoomLogs(header);
  socket.emit("room_logs", { entries: await context.audit.after(seat.room, since, ROOM_LOG_PAGE_MAX) });
}

export const logEvents: EventFamily = [
  ["fetch_room_logs", { frame: false, aside: true, handle: seated(fetchRoomLogs) }],
];
