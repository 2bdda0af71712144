import { parseFetchRoomLogs, ROOM_LOG_PAGE_MAX } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";

function fetchRoomLogs(context: RelayContext, { socket, seat, header }: SeatedCall): void {
  const { since } = parseFetchRoomLogs(header);
  socket.emit("room_logs", { entries: context.audit.after(seat.room, since, ROOM_LOG_PAGE_MAX) });
}

export const logEvents: EventFamily = [["fetch_room_logs", { frame: false, handle: seated(fetchRoomLogs) }]];
