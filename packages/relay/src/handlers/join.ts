import { parseJoinRequest, QsecError, type JoinRequest } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import { ROOM_LOG_ON_JOIN } from "../limits.js";
import type { Joined, Seat } from "../rooms/registry.js";
import { channel } from "./addressing.js";
import type { Call, EventFamily } from "./call.js";
import { record } from "./record.js";
import { tellList } from "./tell-list.js";

async function join(context: RelayContext, { socket, header, reply }: Call): Promise<void> {
  const joined = await takeSeat(context, socket, parseJoinRequest(header));
  if (!joined) return;
  const { seat, resumed, list } = joined;
  context.joinDeadlines.cancel(socket.id);
  // The old link of a seat that was taken back; it holds nothing any more, so that cutting it tells nobody.
  if (joined.replaced !== undefined) context.io.in(joined.replaced).disconnectSockets(true);
  void socket.join(channel(seat.room));
  if (!resumed) recordJoin(context, joined);

  reply({ ok: true, ...list, room: seat.room, resume: seat.resume, resumed });
  // Read once more: with several processes the room may have changed before this socket heard of it.
  tellList(context, seat.room, await context.rooms.userList(seat.room));
  await catchUp(context, socket, seat);
}

/** Undefined when the relay cannot say: a client takes a refusal as final, and comes back when its link ends. */
async function takeSeat(context: RelayContext, socket: RelaySocket, request: JoinRequest): Promise<Joined | undefined> {
  try {
    return await context.rooms.join(request, socket.id);
  } catch (error) {
    if (!(error instanceof QsecError) || error.code !== "draining") throw error;
    socket.conn.close();
    return undefined;
  }
}

function recordJoin(context: RelayContext, { seat, created, list: { members, expected } }: Joined): void {
  const { room, username } = seat;
  if (created) {
    context.audit.roomOpened(room, expected);
    record(context, room, "ROOM_CREATED", { room, leader: username, expected });
  }
  context.audit.userJoined(room, username);
  record(context, room, "USER_JOIN", { room, user: username });
  if (members.length === expected) record(context, room, "ROOM_READY", { room, members: members.length });
}

/** What a newcomer has missed. */
async function catchUp(context: RelayContext, socket: RelaySocket, seat: Seat): Promise<void> {
  socket.emit("room_logs", { entries: context.audit.latest(seat.room, ROOM_LOG_ON_JOIN) });
  const keys = await context.rooms.publicKeys(seat.room);
  socket.emit("pubkeys", { entries: keys.filter(({ from }) => from !== seat.id) });
}

export const joinEvents: EventFamily = [["join", { frame: false, handle: join }]];
