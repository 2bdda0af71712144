import type { Counters } from "../counters.js";
import type { RelaySettings } from "../options.js";
import { cut, type Connection } from "./cut.js";
import { guardBacklog } from "./guard-backlog.js";
import { guardPackets } from "./guard-packets.js";

/** Holds the limits of one connection that need no look at what is said over it. */
export function guardConnection(connection: Connection, settings: RelaySettings, counters: Counters): void {
  let over = false;
  const cutFor = (limit: "backlog" | "packets" | "malformed" | "attachment_timeout"): void => {
    if (over) return;
    over = true;
    counters.refuse(limit);
    cut(connection);
  };
  guardBacklog(connection, settings.maxBacklog * 1024 * 1024, () => cutFor("backlog"));
  guardPackets(connection, settings.rate, cutFor);
}
