import type { Room } from "../room/room.js";
import type { SessionState } from "./events.js";

/** The link to the relay as the session sees it. */
export type Link = "new" | "opening" | "joined" | "down" | "closed";

const WITHOUT_ROOM = { new: "idle", opening: "connecting", down: "reconnecting", closed: "closed" } as const;

/** The state that people see, from the link and the room. */
export function sessionState(link: Link, room: Room): SessionState {
  if (link !== "joined") return WITHOUT_ROOM[link];
  if (room.secured) return "secured";
  if (room.verifying) return "verifying";
  return room.exchanging ? "exchanging" : "waiting";
}
