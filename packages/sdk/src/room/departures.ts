import type { Exchanges } from "./exchanges.js";
import type { Leadership } from "./leadership.js";
import { dropPairing, peerName, type Peer } from "./peer.js";
import type { RoomState } from "./room-state.js";
import { STRANGER_LIFETIME } from "./timing.js";
import { rosterEntry } from "./views.js";

/** Peers that left for good, or that the relay never listed, and are in no roster have nothing here any more. */
export function forgetGone(
  { presence, epochs, effects }: RoomState,
  exchanges: Exchanges,
  leadership: Leadership,
  now: number,
): void {
  for (const peer of presence.all) {
    if (peer.present || !(peer.departed || isStranger(peer, now))) continue;
    if (rosterEntry(epochs.current, peer.bytes) !== undefined) continue;
    if (peer.pairing?.gate === "waiting") {
      effects.emit("verify:done", { peer: { id: peer.id, name: peerName(peer) }, confirmed: false });
    }
    exchanges.drop(peer);
    leadership.forget(peer);
    dropPairing(peer);
    peer.announce = null;
    if (!peer.blocked) presence.forget(peer); // a blocked identity stays blocked when the relay lists it again
  }
}

/** Whether nothing is left of a peer but its id: the relay never listed it, or no longer, and nobody here has compared its emoji. */
function isStranger({ exchange, pairing, blocked, verifiedAs, askedAt, offlineSince }: Peer, now: number): boolean {
  const since = offlineSince ?? askedAt;
  return exchange === null && pairing === null && !blocked && verifiedAs === null && now >= since + STRANGER_LIFETIME;
}
