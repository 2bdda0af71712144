import type { QsecError } from "../wire/errors.js";
import type { Effects } from "./effects.js";
import { peerName, type Peer } from "./peer.js";

/** Tells the application of something that an honest relay and honest peers would not cause. */
export function alarm(effects: Effects, peer: Peer | null, { code, message }: QsecError): void {
  effects.emit("security", { code, message, peer: peer === null ? null : { id: peer.id, name: peerName(peer) } });
}
