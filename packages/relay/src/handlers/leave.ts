import type { RelayContext, RelaySocket } from "../context.js";
import type { Departure, Seat } from "../rooms/registry.js";
import { channel, seatKey } from "./addressing.js";
import { seated, type EventFamily, type SeatedCall } from "./call.js";
import { startJoinDeadline } from "./join-deadline.js";
import { record } from "./record.js";

function leave(context: RelayContext, { socket, seat }: SeatedCall): void {
  void socket.leave(channel(seat.room));
  startJoinDeadline(context, socket);
  depart(context, seat);
}

/** The link of a socket is down: its member keeps the seat for the grace time. */
export function dropped(context: RelayContext, socket: RelaySocket): void {
  const seat = context.rooms.disconnect(socket.id);
  if (!seat || context.draining()) return; // that the relay stops is nobody's departure
  const { grace } = context.settings;
  if (grace === 0) return depart(context, seat);
  context.graceTimes.start(seatKey(seat), grace * 1000, () => depart(context, seat));
  context.io.to(channel(seat.room)).emit("user_list", context.rooms.userList(seat.room));
}

/** The member is gone for good: its key goes, the room is told, the next in order leads, the last one closes the room. */
export function depart(context: RelayContext, { room, id }: Seat): void {
  const departure = context.rooms.depart(room, id);
  if (!departure) return;
  context.graceTimes.cancel(seatKey(departure.seat));
  recordDeparture(context, departure);
  if (departure.remaining === 0) return;
  context.io.to(channel(room)).emit("user_list", { ...context.rooms.userList(room), departed: id });
}

function recordDeparture(context: RelayContext, { seat, newLeader, remaining }: Departure): void {
  const { room, username } = seat;
  context.audit.userLeft(room, username);
  record(context, room, "USER_LEAVE", { room, user: username });
  record(context, room, "KEY_DESTROYED", { user: username });
  if (newLeader) record(context, room, "LEADER_CHANGED", { room, leader: newLeader.username });
  if (remaining > 0) return;
  record(context, room, "ROOM_TERMINATED", { room });
  context.audit.roomClosed(room);
}

export const leaveEvents: EventFamily = [["leave", { frame: false, handle: seated(leave) }]];
