import type { Exchanges } from "./exchanges.js";
import type { Leadership } from "./leadership.js";
import { dropPairing, peerName } from "./peer.js";
import type { RoomState } from "./room-state.js";
import { rosterEntry } from "./views.js";

/** Peers that left for good and are in no roster have nothing here any more. */
export function forgetGone(
  { presence, epochs, effects }: RoomState,
  exchanges: Exchanges,
  leadership: Leadership,
): void {
  for (const peer of presence.all) {
    if (peer.present || !peer.departed || rosterEntry(epochs.current, peer.bytes) !== undefined) continue;
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
