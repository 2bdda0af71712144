import type { ExchangeHost } from "./exchange-host.js";
import type { RoomState } from "./room-state.js";
import { rosterEntry } from "./views.js";

/** The host of a room's exchanges: what is the room's own, and what its other parts decide. */
export function exchangeHostOf(
  { options: { access, self, random, exchange }, effects, epochs, presence }: RoomState,
  decisions: Pick<ExchangeHost, "rank" | "refusal" | "keyed">,
): ExchangeHost {
  return {
    get room() {
      return access.context; // a removal replaces it
    },
    self,
    random,
    effects,
    options: exchange,
    peers: () => presence.all,
    isMember: ({ bytes }) => rosterEntry(epochs.current, bytes) !== undefined,
    ...decisions,
  };
}
