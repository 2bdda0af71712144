import { QsecError, type MemberId } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import type { Seat } from "../rooms/registry.js";
import { whenThere, type Soon } from "../soon.js";

/** The Socket.IO room of a room. The prefix keeps it apart from the ids of sockets, which are Socket.IO rooms too. */
export function channel(room: string): string {
  return `room:${room}`;
}

/** @throws QsecError `unknown_member` unless `to` is another member of the sender's room */
export function peerOf(context: RelayContext, sender: Seat, to: MemberId): Soon<Seat> {
  return whenThere(context.rooms.member(sender.room, to), (peer) => {
    if (!peer || peer.id === sender.id)
      throw new QsecError("unknown_member", "There is no such other member in this room.");
    return peer;
  });
}
