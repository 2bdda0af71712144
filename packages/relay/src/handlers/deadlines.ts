import type { RelayContext, RelaySocket } from "../context.js";
import { guardIdle } from "../socket/guard-idle.js";

/** A socket that is in no room is of no use to anybody: it is cut after a while. */
export function startJoinDeadline(context: RelayContext, socket: RelaySocket): void {
  const end = (): void => endFor(context, socket, "join_timeout", "This socket was in no room for too long");
  context.joinDeadlines.start(socket.id, context.settings.joinDeadline, end);
}

/** So is one that says nothing for much longer. */
export function startIdleWatch(context: RelayContext, socket: RelaySocket): void {
  const end = (): void => endFor(context, socket, "idle_timeout", "This socket has sent nothing for too long");
  guardIdle(socket.conn, context.settings.idle * 1000, end);
}

function endFor(
  { counters }: RelayContext,
  socket: RelaySocket,
  code: "join_timeout" | "idle_timeout",
  what: string,
): void {
  counters.refuse(code);
  const message = `${what}; connect again when you need the relay.`;
  socket.emit("relay_error", { ok: false, code, message, event: "disconnect" });
  socket.disconnect(true);
}
