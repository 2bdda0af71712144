import { parseJoinRequest } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import { ROOM_LOG_ON_JOIN } from "../limits.js";
import type { Joined, Seat } from "../rooms/registry.js";
import { channel, seatKey } from "./addressing.js";
import type { Call, EventFamily } from "./call.js";
import { record } from "./record.js";

function join(context: RelayContext, { socket, header, reply }: Call): void {
  const joined = context.rooms.join(parseJoinRequest(header), socket.id);
  const { seat, resumed } = joined;
  context.joinDeadlines.cancel(socket.id);
  context.graceTimes.cancel(seatKey(seat));
  // The old link of a seat that was taken back; it holds nothing any more, so that cutting it tells nobody.
  if (joined.replaced !== undefined) context.io.in(joined.replaced).disconnectSockets(true);
  void socket.join(channel(seat.room));
  if (!resumed) recordJoin(context, joined);

  const list = context.rooms.userList(seat.room);
  reply({ ok: true, ...list, room: seat.room, resume: seat.resume, resumed });
  context.io.to(channel(seat.room)).emit("user_list", list);
  catchUp(context, socket, seat);
}

function recordJoin(context: RelayContext, { seat, created }: Joined): void {
  const { room, username } = seat;
  const { members, expected } = context.rooms.userList(room);
  if (created) {
    context.audit.roomOpened(room, expected);
    record(context, room, "ROOM_CREATED", { room, leader: username, expected });
  }
  context.audit.userJoined(room, username);
  record(context, room, "USER_JOIN", { room, user: username });
  if (members.length === expected) record(context, room, "ROOM_READY", { room, members: members.length });
}

/** What a newcomer has missed. */
function catchUp(context: RelayContext, socket: RelaySocket, seat: Seat): void {
  socket.emit("room_logs", { entries: context.audit.latest(seat.room, ROOM_LOG_ON_JOIN) });
  const others = context.rooms.publicKeys(seat.room).filter(({ from }) => from !== seat.id);
  socket.emit("pubkeys", { entries: others });
}

export const joinEvents: EventFamily = [["join", { frame: false, handle: join }]];
