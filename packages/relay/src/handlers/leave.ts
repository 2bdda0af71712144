import type { RelayContext, RelaySocket } from "../context.js";
import type { Departure } from "../rooms/registry.js";
import { channel } from "./addressing.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { startJoinDeadline } from "./deadlines.js";
import { record } from "./record.js";
import { tellList } from "./tell-list.js";

async function leave(context: RelayContext, { socket, seat }: SeatedCall): Promise<void> {
  void socket.leave(channel(seat.room));
  startJoinDeadline(context, socket);
  const departure = await context.rooms.leave(socket.id);
  if (departure) departed(context, departure);
}

/** The link of a socket is down: its member keeps the seat for the grace time. */
export async function dropped(context: RelayContext, socket: RelaySocket): Promise<void> {
  if (context.draining()) return; // that the relay stops is nobody's departure
  const drop = await context.rooms.disconnect(socket.id);
  if (!drop) return;
  if (context.settings.grace === 0) return removeOverdue(context);
  tellList(context, drop.seat.room, drop);
}

/** Takes the seats of members who have not come back in time. */
export async function removeOverdue(context: RelayContext): Promise<void> {
  const overdue = await context.rooms.overdue();
  for (const drop of overdue.dropped) tellList(context, drop.seat.room, drop);
  for (const departure of overdue.departed) departed(context, departure);
}

/** The member is gone for good: its key is gone, the room is told, the next in order leads, the last one closes the room. */
function departed(context: RelayContext, departure: Departure): void {
  recordDeparture(context, departure);
  const { seat, left } = departure;
  context.rings.leave(seat);
  if (left) tellList(context, seat.room, left, seat.id);
  else context.rings.close(seat.room);
}

function recordDeparture(context: RelayContext, { seat, newLeader, left }: Departure): void {
  const { room, username } = seat;
  context.audit.userLeft(room, username);
  record(context, room, "USER_LEAVE", { room, user: username });
  record(context, room, "KEY_DESTROYED", { user: username });
  if (newLeader) record(context, room, "LEADER_CHANGED", { room, leader: newLeader.username });
  if (left) return;
  record(context, room, "ROOM_TERMINATED", { room });
  context.audit.roomClosed(room);
}

export const leaveEvents: EventFamily = [["leave", { frame: false, handle: seated(leave) }]];
