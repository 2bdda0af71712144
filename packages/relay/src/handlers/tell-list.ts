import type { MemberId, UserList } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import type { RoomList } from "../rooms/registry.js";
import { channel } from "./addressing.js";

/**
 * Tells everybody in the room who is there.
 * @param departed who has just left for good
 */
export function tellList(context: RelayContext, room: string, { list, version }: RoomList, departed?: MemberId): void {
  context.spread.list(
    channel(room),
    departed === undefined ? list : held(context, room, { ...list, departed }),
    version,
  );
}

/** Who has left stands in no list that a member gets later. */
function held(context: RelayContext, room: string, list: UserList): UserList {
  return context.rings.add(room, { event: "user_list", header: list }, undefined, undefined).header as UserList;
}
