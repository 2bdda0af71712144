/** The one-time offer to be called (protocol §5.1): AN = ver ‖ mode ‖ id[32] ‖ ek[1216] ‖ c[32]. */
import { hash } from "../crypto/kdf.js";
import { generateKemKeyPair, KEM_PUBLIC_KEY_BYTES, KEM_SEED_BYTES } from "../crypto/kem.js";
import type { RandomBytes } from "../crypto/random.js";
import { wipe } from "../crypto/wipe.js";
import { concat } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { PROTOCOL_VERSION } from "../wire/limits.js";
import { Reader } from "../wire/reader.js";
import type { RoomContext } from "./room-secret.js";

export interface Announce {
  readonly frame: Uint8Array;
  readonly mode: number;
  readonly id: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly commitment: Uint8Array;
}

/** @throws QsecError `DECODE`, `VERSION` */
export function decodeAnnounce(frame: Uint8Array): Announce {
  const reader = new Reader(frame);
  if (reader.u8() !== PROTOCOL_VERSION) throw new QsecError("VERSION", "An announce is of another protocol version.");
  const mode = reader.u8();
  const id = reader.bytes(32);
  const publicKey = reader.bytes(KEM_PUBLIC_KEY_BYTES);
  const commitment = reader.bytes(32);
  reader.end();
  return { frame: frame.slice(), mode, id, publicKey, commitment };
}

/** H("announce", AN): what M1 names the announce by. */
export function announceHash(frame: Uint8Array): Uint8Array {
  return hash("announce", frame);
}

/** c = H("sas commit", rid ‖ id ‖ ek ‖ n): binds the nonce before the initiator shows its own, so nobody can grind emoji. */
export function sasCommitment(rid: Uint8Array, id: Uint8Array, publicKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hash("sas commit", rid, id, publicKey, nonce);
}

/** An announce of ours with the secrets behind it. It serves exactly one handshake: {@link burn} it when M1 comes. */
export class Announcement {
  readonly frame: Uint8Array;
  readonly hash: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
  /** 32 bytes, committed to in the announce, revealed in M2. */
  readonly nonce: Uint8Array;

  constructor(room: RoomContext, id: Uint8Array, random: RandomBytes) {
    const seed = random(KEM_SEED_BYTES);
    const { publicKey, secretKey } = generateKemKeyPair(seed);
    wipe(seed);
    this.nonce = random(32);
    this.publicKey = publicKey;
    this.secretKey = secretKey;
    const commitment = sasCommitment(room.rid, id, publicKey, this.nonce);
    this.frame = concat(Uint8Array.of(PROTOCOL_VERSION, room.mode), id, publicKey, commitment);
    this.hash = announceHash(this.frame);
  }

  burn(): void {
    wipe(this.secretKey, this.nonce);
  }
}
