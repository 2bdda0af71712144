import { decodeRecord } from "../handshake/pair-session.js";
import { equalBytes } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { KIND } from "../wire/kinds.js";
import type { Leadership } from "./leadership.js";
import type { Peer } from "./peer.js";
import type { RoomState } from "./room-state.js";

/** A member's ACK of the room key that this leader has shared. @throws QsecError for what is refused */
export async function receiveAck(
  state: RoomState,
  leadership: Leadership,
  peer: Peer,
  frame: Uint8Array,
): Promise<void> {
  const { kind } = decodeRecord(frame);
  if (kind !== KIND.ACK) throw new QsecError("KIND", "A session record is of a kind that this version does not use.");
  if (peer.pairing === null) throw new QsecError("SID", "A record came from a peer without a session.");
  const hash = await peer.pairing.session.open(KIND.ACK, frame, (content) => content);
  const { current } = state.epochs;
  if (current !== null && equalBytes(hash, current.hash)) leadership.acknowledged(peer);
}
