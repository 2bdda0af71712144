import { QsecError } from "../wire/errors.js";
import type { Peer } from "./peer.js";
import type { RoomState } from "./room-state.js";

/**
 * A message that is not encrypted (protocol §6). Only a person who has switched them on gets it, apart from the sealed
 * messages; nothing is stored, counted or answered.
 * @throws QsecError `PLAINTEXT` where it is not allowed: an honest relay passes none on to this client
 */
export function receivePlaintext({ options, effects }: RoomState, peer: Peer, text: string): void {
  if (!options.allowPlaintext) {
    throw new QsecError(
      "PLAINTEXT",
      "The relay brought a message that is not encrypted, which this room does not take. It was not shown.",
    );
  }
  // Nobody has signed it, so it goes under the relay's name for the sender, not under the authenticated one.
  effects.emit("plaintext", { from: peer.id, fromName: peer.relayName, own: false, text });
}
