import { parseJoinRequest, QsecError, type JoinRequest } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import { ROOM_LOG_ON_JOIN } from "../limits.js";
import type { Joined, Seat } from "../rooms/registry.js";
import { whenThere, type Soon } from "../soon.js";
import { channel } from "./addressing.js";
import type { Call, EventFamily } from "./call.js";
import { send } from "./pass-on.js";
import { record } from "./record.js";
import { tellList } from "./tell-list.js";

function join(context: RelayContext, call: Call): Soon<void> {
  const request = parseJoinRequest(call.header);
  return whenThere(
    takeSeat(context, call.socket, request),
    (joined) => joined && enter(context, call, request, joined),
  );
}

async function enter(
  context: RelayContext,
  { socket, reply }: Call,
  request: JoinRequest,
  joined: Joined,
): Promise<void> {
  const { seat, resumed, list } = joined;
  context.joinDeadlines.cancel(socket.id);
  // The old link of a seat that was taken back; it holds nothing any more, so that cutting it tells nobody.
  if (joined.replaced !== undefined) context.io.in(joined.replaced).disconnectSockets(true);
  // Up to the answer nothing may wait: what is passed on meanwhile would come twice or never.
  const { position, missed } = context.rings.enter(seat, resumed, request.ring);
  for (const passed of missed ?? []) send(socket, passed);
  void socket.join(channel(seat.room));
  if (!resumed) recordJoin(context, joined);

  const recovered = missed !== undefined;
  const ring = position === undefined ? {} : { ring: position };
  reply({ ok: true, ...list, room: seat.room, resume: seat.resume, resumed, recovered, ...ring });
  // Read once more: with several processes the room may have changed before this socket heard of it.
  tellList(context, seat.room, await context.rooms.userList(seat.room));
  await catchUp(context, socket, seat, recovered);
}

/** Undefined when the relay cannot say: a client takes a refusal as final, and comes back when its link ends. */
function takeSeat(context: RelayContext, socket: RelaySocket, request: JoinRequest): Soon<Joined | undefined> {
  const joined = context.rooms.join(request, socket.id);
  if (!(joined instanceof Promise)) return joined;
  return joined.catch((error: unknown) => {
    if (!(error instanceof QsecError) || error.code !== "draining") throw error;
    socket.conn.close();
    return undefined;
  });
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

/**
 * What a newcomer has missed; the keys come once only to who was sent all that it missed. The log comes when it has been
 * read: nobody waits for a disk.
 */
async function catchUp(context: RelayContext, socket: RelaySocket, seat: Seat, recovered: boolean): Promise<void> {
  context.audit.latest(seat.room, ROOM_LOG_ON_JOIN).then(
    (entries) => void socket.emit("room_logs", { entries }),
    (err: unknown) => context.log.debug({ err }, "a newcomer did not get the log"),
  );
  if (recovered) return;
  const keys = await context.rooms.publicKeys(seat.room);
  socket.emit("pubkeys", { entries: keys.filter(({ from }) => from !== seat.id) });
}

export const joinEvents: EventFamily = [["join", { frame: false, handle: join }]];
