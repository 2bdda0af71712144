import type { MemberId } from "@qsec2/sdk/wire";
import type { RelayContext } from "../context.js";
import type { RoomList } from "../rooms/registry.js";
import { channel } from "./addressing.js";

/**
 * Tells everybody in the room who is there.
 * @param departed who has just left for good
 */
export function tellList(context: RelayContext, room: string, { list, version }: RoomList, departed?: MemberId): void {
  context.spread.list(channel(room), departed === undefined ? list : { ...list, departed }, version);
}
