import { QsecError } from "@qsec2/sdk/wire";
import type { RelayContext, RelaySocket } from "../context.js";
import type { Passed } from "../ring/ring.js";
import type { Passing } from "../ring/rings.js";
import type { Seat } from "../rooms/registry.js";
import { channel } from "./addressing.js";

/** Whatever one can emit to; the events and what goes with them are checked where they are made. */
interface Target {
  emit(event: string, ...args: readonly unknown[]): unknown;
}

/** Sends an event to everybody in a room but its sender, and holds it for members whose links are down. */
export function tellOthers(context: RelayContext, { room, id }: Seat, socket: RelaySocket, passing: Passing): void {
  count(context, passing);
  send(socket.to(channel(room)), context.rings.add(room, passing, id, undefined));
}

/**
 * Sends an event to one member, and holds it for when its link is down.
 * @throws QsecError `unknown_member` while the link is down of a member that nothing can be held for
 */
export function tellMember(context: RelayContext, { room, id, sid }: Seat, passing: Passing): void {
  if (sid === undefined && !context.rings.holdsFor({ room, id }))
    throw new QsecError("unknown_member", "This member is not connected at the moment.");
  count(context, passing);
  const passed = context.rings.add(room, passing, undefined, id);
  if (sid !== undefined) send(context.io.to(sid), passed);
}

/** Notices without a frame are the relay's own. */
function count({ traffic }: RelayContext, { frame }: Passing): void {
  if (frame !== undefined) traffic.count(frame);
}

export function send(target: Target, { event, header, frame }: Passed): void {
  if (frame === undefined) target.emit(event, header);
  else target.emit(event, header, frame);
}
