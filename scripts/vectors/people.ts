/** Who and where the vectors play: fixed seeds that no real room has. */
import { identityOf } from "../../packages/sdk/src/crypto/signature.js";
import type { Self } from "../../packages/sdk/src/handshake/outcome.js";

function person(name: string, byte: number): Self {
  const seed = new Uint8Array(32).fill(byte);
  return { seed, id: identityOf(seed), name };
}

export const ALICE = person("alice", 0xa1);
export const BOB = person("bob", 0xb0);

export const LINK_ROOM = "testroom";

/** S of the link room, 00 01 … 1f. A fresh copy each time: whoever derives from it wipes it. */
export function linkSecret(): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => i);
}
