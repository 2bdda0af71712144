import type { RelayContext, RelaySocket } from "../context.js";

/** A socket that is in no room is of no use to anybody: it is cut after a while. */
export function startJoinDeadline(context: RelayContext, socket: RelaySocket): void {
  context.joinDeadlines.start(socket.id, context.settings.joinDeadline, () => socket.disconnect(true));
}
