import type { ExchangeHost, ExchangeOutcomes } from "./exchange-host.js";
import type { RoomState } from "./room-state.js";
import { rosterEntry } from "./views.js";

/** The host of a room's exchanges. */
export function exchangeHostOf(
  { options: { access, self, random, exchange }, effects, epochs, presence }: RoomState,
  outcomes: () => ExchangeOutcomes,
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
    get outcomes() {
      return outcomes(); // they are made after the exchanges
    },
  };
}
