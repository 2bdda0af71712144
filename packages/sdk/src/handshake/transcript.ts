/** The running hash of a handshake and the keys that hang on it (protocol §5.2–5.4). */
import { Chain } from "../crypto/chain.js";
import { expand, extract, hash } from "../crypto/kdf.js";
import { wipe } from "../crypto/wipe.js";
import { concat } from "../wire/bytes.js";
import { SID_BYTES } from "./messages.js";
import type { RoomContext } from "./room-secret.js";

/** th1 = H("th1", rid ‖ AN ‖ head): binds the mode, the room, both identities, the KEM key and ciphertext, the commitment. */
export function th1Of(room: RoomContext, announce: Uint8Array, head: Uint8Array): Uint8Array {
  return hash("th1", room.rid, announce, head);
}

export function sidOf(th1: Uint8Array): Uint8Array {
  return th1.slice(0, SID_BYTES);
}

/** th(n+1) = H("th(n+1)", th(n) ‖ box) */
export function nextTh(name: "th2" | "th3" | "th4" | "th5", th: Uint8Array, box: Uint8Array): Uint8Array {
  return hash(name, th, box);
}

export interface Tunnel {
  readonly ck0: Uint8Array;
  readonly chainAB: Chain;
  readonly chainBA: Chain;
}

/** ck0 = Extract(psk, ss) keys the tunnel, which is both the quantum and the classical channel. `ss` is wiped. */
export function openTunnel(room: RoomContext, sharedSecret: Uint8Array, th1: Uint8Array): Tunnel {
  const ck0 = extract(room.psk, sharedSecret);
  wipe(sharedSecret);
  return {
    ck0,
    chainAB: new Chain(expand(ck0, "tunnel A", th1, 32)),
    chainBA: new Chain(expand(ck0, "tunnel B", th1, 32)),
  };
}

/** K_bb84 = H("bb84 key", th4 ‖ reconciled bits); ck1 = Extract(ck0, K_bb84 ‖ K_qkd). K_qkd, which may be empty, is wiped. */
export function mixKeys(ck0: Uint8Array, th4: Uint8Array, reconciled: Uint8Array, hardwareKey: Uint8Array): Uint8Array {
  const key = hash("bb84 key", th4, reconciled);
  const mixed = concat(key, hardwareKey);
  const ck1 = extract(ck0, mixed);
  wipe(key, hardwareKey, mixed);
  return ck1;
}

/** check = Expand(ck1, "check", th4, 16) */
export function checkOf(ck1: Uint8Array, th4: Uint8Array): Uint8Array {
  return expand(ck1, "check", th4, 16);
}

/** The two directions of the session. ck1 is wiped. */
export function sessionChains(ck1: Uint8Array, th5: Uint8Array): { chainAB: Chain; chainBA: Chain } {
  const chains = {
    chainAB: new Chain(expand(ck1, "session A", th5, 32)),
    chainBA: new Chain(expand(ck1, "session B", th5, 32)),
  };
  wipe(ck1);
  return chains;
}

export function signedHelloB(th2: Uint8Array, nonce: Uint8Array): Uint8Array {
  return concat(th2, nonce);
}
