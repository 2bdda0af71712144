/** What the members of a room share before they meet (protocol §4): the room's public id and the pre-shared key. */
import { fromBase64url, toBase64url } from "../wire/base64url.js";
import { utf8 } from "../wire/bytes.js";
import { QsecError } from "../wire/errors.js";
import { MODE, type Admission } from "../wire/kinds.js";
import { vec16 } from "../wire/writer.js";
import { expand, hash } from "../crypto/kdf.js";
import { secureRandom, type RandomBytes } from "../crypto/random.js";
import { wipe } from "../crypto/wipe.js";

export const ROOM_SECRET_BYTES = 32;

/** The room as the handshake sees it. `mode` is bound into every transcript, so no peer can be talked into another. */
export interface RoomContext {
  readonly mode: (typeof MODE)[Admission];
  /** 32 bytes */
  readonly rid: Uint8Array;
  /** 32 bytes; zeros in `verify` and `open` */
  readonly psk: Uint8Array;
}

/** A fresh room secret: 32 random bytes as 43 characters of base64url, as it stands in the fragment of an invite link. */
export function createRoomSecret(random: RandomBytes = secureRandom): string {
  return toBase64url(random(ROOM_SECRET_BYTES));
}

/** @throws QsecError `bad_secret` unless it is 32 bytes or their unpadded base64url text. The bytes are the caller's. */
export function decodeRoomSecret(secret: string | Uint8Array): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = typeof secret === "string" ? fromBase64url(secret) : secret.slice();
  } catch {
    throw badSecret(); // without the cause, which could quote a part of the secret
  }
  if (bytes.length !== ROOM_SECRET_BYTES) throw badSecret();
  return bytes;
}

function badSecret(): QsecError {
  return new QsecError(
    "bad_secret",
    "The room secret is not complete: it is the 43 characters after '#' in the invite link.",
  );
}

/**
 * link:          rid = Expand(S, "room", vec16(name), 32), psk = Expand(S, "psk", vec16(name), 32)
 * verify, open:  rid = H("open room", name), psk = 32 zero bytes
 *
 * @param secret 32 bytes in `link` mode, else null. Wiped.
 */
export function roomContext(admission: Admission, room: string, secret: Uint8Array | null): RoomContext {
  const mode = MODE[admission];
  const name = room.normalize("NFC");
  if (admission !== "link")
    return { mode, rid: hash("open room", utf8(name.trim().normalize("NFC"))), psk: new Uint8Array(32) };
  if (secret === null) {
    throw new QsecError(
      "bad_secret",
      "A room secret is needed: open the invite link, or choose another admission on purpose.",
    );
  }
  const context = vec16(utf8(name));
  const derived = { mode, rid: expand(secret, "room", context, 32), psk: expand(secret, "psk", context, 32) };
  wipe(secret);
  return derived;
}

/** How the relay calls a room whose members chose `metadata: "minimal"`: base64url(rid[0..16]). */
export function roomHandle(rid: Uint8Array): string {
  return toBase64url(rid.subarray(0, 16));
}
