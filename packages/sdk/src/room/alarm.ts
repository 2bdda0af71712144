import { QsecError, type QsecErrorCode } from "../wire/errors.js";
import type { Effects } from "./effects.js";
import { peerName, type Peer } from "./peer.js";

/** What honest members on a bad line cause too: frames sent again, records of a session that is just over. */
const NOTES: readonly QsecErrorCode[] = ["REPLAY", "SID", "STALE"];

/** What honest people cause too, under a code that is an alarm otherwise. */
export class NotedError extends QsecError {}

/** SELF: the relay passed a frame of this member's as a peer's. */
export function sentBack(): QsecError {
  return new QsecError("SELF", "The relay sent this member's own frame back as a peer's.");
}

/** SENDER: a frame of one more of those that the relay does not list. */
export function unlisted(): QsecError {
  return new QsecError("SENDER", "The relay passed frames of more ids than it lists as members.");
}

/** Tells the application of something that an honest relay and honest peers would not cause, or not often. */
export function alarm(effects: Effects, peer: Peer | null, error: QsecError): void {
  const { code, message } = error;
  const level = error instanceof NotedError || NOTES.includes(code) ? "note" : "alarm";
  effects.emit("security", {
    code,
    message,
    level,
    peer: peer === null ? null : { id: peer.id, name: peerName(peer) },
  });
}
