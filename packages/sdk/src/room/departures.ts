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

/** Whether all there is of a peer is a frame under its id, which the relay should have announced by now. */
function isStranger({ relayName, exchange, pairing, askedAt }: Peer, now: number): boolean {
  return relayName === "" && exchange === null && pairing === null && now >= askedAt + STRANGER_LIFETIME;
}
